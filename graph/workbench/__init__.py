"""The pages of ``caregraph serve``: what an analyst sees in the browser.

Each module has the pages of one topic and lists them as ``ROUTES``. Pages are rendered here, on the server;
scripts in ``static/`` only make them more comfortable.
"""
