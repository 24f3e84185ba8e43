"""A drawn network as a still picture: SVG and PNG for slides and reports."""
