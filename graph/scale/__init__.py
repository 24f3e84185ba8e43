"""The same extraction on a cluster that exists: Apache Spark runs it, documents by the million in, parts out.

Extraction is a pure function of one document (``products.py``), so it can run anywhere and again; what joins
documents is a reduce by key (``spark.py``). ``docs/spark.md`` says how to run it.
"""
