"""Runs the statements of a simulation, read as JSON, on the engines at hand and holds them against the native run."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time

import datafusion
import duckdb
import pyspark
import sqlglot

question = json.load(sys.stdin)
statements, expected = question["statements"], question["expected"]
TOLERANCE = 1e-9


def hold(engine, rows):
    worst = 0.0
    assert len(rows) == len(expected), f"{engine}: {len(rows)} rows for {len(expected)} outputs"
    for row, native in zip(rows, expected):
        for name, number in native.items():
            off = abs(row[name] - number) / max(abs(number), 1e-300)
            worst = max(worst, off)
            assert off <= TOLERANCE, f"{engine}: {row['output']}: {name} is {row[name]}, natively {number}"
    print(f"{engine}: {len(rows)} rows, off by {worst:.1e} at most", flush=True)


def on_duckdb():
    cursor = duckdb.connect().execute(statements["duckdb"])
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row)) for row in cursor.fetchall()]


def on_datafusion():
    return datafusion.SessionContext().sql(statements["datafusion"]).to_pylist()


def on_spark(master, folder):
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(master).config("spark.ui.enabled", "false")
    builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
    builder = builder.config("spark.local.dir", folder).config("spark.sql.warehouse.dir", folder)
    builder = builder.config("spark.sql.shuffle.partitions", "2").config("spark.executor.memory", "600m")
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    try:
        return [row.asDict() for row in session.sql(statements["spark"]).collect()]
    finally:
        session.stop()


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def cluster(folder):
    """A master and two workers on loopback."""
    home = os.path.dirname(pyspark.__file__)
    port = free_port()
    environment = dict(os.environ, SPARK_HOME=home, SPARK_LOCAL_IP="127.0.0.1")
    log = open(os.path.join(folder, "cluster.log"), "w")

    def start(*arguments):
        command = [os.path.join(home, "bin", "spark-class"), *arguments]
        return subprocess.Popen(command, env=environment, stdout=log, stderr=log)

    running = [
        start("org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", "0")
    ]
    url = f"spark://127.0.0.1:{port}"
    for number in range(2):
        place = os.path.join(folder, f"worker{number}")
        options = ["--cores", "1", "--memory", "800m", "--webui-port", "0", "--host", "127.0.0.1", "--work-dir", place]
        running.append(start("org.apache.spark.deploy.worker.Worker", *options, url))
    for _ in range(360):
        with open(os.path.join(folder, "cluster.log")) as told:
            if told.read().count("Registering worker") >= 2:
                return url, running
        time.sleep(0.5)
    raise RuntimeError("the workers did not come up: " + open(os.path.join(folder, "cluster.log")).read()[-2000:])


for dialect in statements:
    trees = sqlglot.parse(statements[dialect], read="databricks" if dialect == "spark" else dialect.replace("datafusion", "postgres"))
    assert len(trees) == 1 and trees[0] is not None, dialect
print(f"sqlglot: {len(statements)} dialects parsed", flush=True)

hold("duckdb " + duckdb.__version__, on_duckdb())
hold("datafusion " + datafusion.__version__, on_datafusion())
if shutil.which("java") is None:
    assert "ENGINES" not in os.environ, "Spark wants Java: install openjdk-17-jre-headless"
    print("spark: skipped, there is no Java")
else:
    with tempfile.TemporaryDirectory() as folder:
        hold(f"spark {pyspark.__version__} local[2]", on_spark("local[2]", folder))
        url, running = cluster(folder)
        try:
            hold(f"spark {pyspark.__version__}, a master and two workers", on_spark(url, folder))
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait()
