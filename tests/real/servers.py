"""Real triple stores for tests, each on a free port of this machine in a folder of its own, and a line to them that breaks.

    with Oxigraph(folder) as store: ...

needs the program `oxigraph` of the PyPI package oxigraph;

    with Virtuoso(folder) as store: ...

needs `virtuoso-t` of Debian's virtuoso-opensource-7-bin.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Store:
    """A server that can be started, killed and asked."""

    name = ""
    user = {}
    default = None

    def __init__(self, folder):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        self.process = None
        self.falls = 0

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self):
        command, environment = self.command()
        self.note_fall()
        self.process = None
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            # Who asks for it while it is gone may hold its port for a moment.
            if self.process is None or self.process.poll() is not None:
                with open(self.folder / "server.out", "ab") as log:
                    self.process = subprocess.Popen(command, cwd=self.folder, stdout=log, stderr=log, env={**os.environ, **environment})
            try:
                self.ask("ASK {}")
                return
            except (OSError, urllib.error.URLError):
                time.sleep(0.3)
        self.kill()
        sys.exit(f"{self.name} does not start: {(self.folder / 'server.out').read_text()[-800:]}")

    def kill(self):
        """As a power cut does it: kill -9."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        if self.process:
            self.process.wait()

    def note_fall(self):
        """Counts it if the server ended by a signal that nobody here sent: a fault of its own, as SIGSEGV is."""
        if self.process and (self.process.poll() or 0) < 0 and self.process.returncode != -signal.SIGKILL:
            self.falls += 1
            self.process = None

    def url(self, path, port=None):
        return f"http://127.0.0.1:{port or self.port}{path}"

    def ask(self, query):
        address = self.url(self.query_path) + "?" + urllib.parse.urlencode({"query": query})
        request = urllib.request.Request(address, headers={"Accept": "application/sparql-results+json"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def rows(self, query):
        answer = self.ask(query)
        names = answer["head"]["vars"]
        return [tuple(term(row.get(name)) for name in names) for row in answer["results"]["bindings"]]

    def counts(self):
        """How many statements are in each graph, of ours."""
        return {graph: int(count[0]) for graph, count in self.rows(
            "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g") if not self.is_own(graph)}

    def content(self):
        """Every statement in a graph of ours, as four strings or literals."""
        rows = self.rows("SELECT ?g ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } }")
        return {row for row in rows if not self.is_own(row[0])}

    def is_own(self, graph):
        return False

    def options(self):
        return []


def term(value):
    """An IRI or blank node as text, a literal as text, datatype and language."""
    if value is None:
        return None
    if value["type"] in ("uri", "bnode"):
        return value["value"]
    string = "http://www.w3.org/2001/XMLSchema#string"
    datatype = value.get("datatype", "" if "xml:lang" in value else string)
    return (value["value"], datatype, value.get("xml:lang", ""))


class Oxigraph(Store):
    name = "Oxigraph"
    query_path, update_path, store_path = "/query", "/update", "/store"
    program = "oxigraph"

    def command(self):
        return [self.program, "serve", "--bind", f"127.0.0.1:{self.port}", "--location", "data"], {}


class Virtuoso(Store):
    name = "Virtuoso"
    query_path, update_path, store_path = "/sparql", "/sparql-auth", "/sparql-graph-crud-auth"
    user = {"TELLGRAPH_USER": "dba", "TELLGRAPH_PASSWORD": "dba"}
    default = "https://example.org/documents"
    # What Virtuoso keeps for itself.
    own = ("http://www.openlinksw.com/", "http://localuriqaserver/", "http://www.w3.org/ns/ldp#", "http://www.w3.org/2002/07/owl#")

    def command(self):
        (self.folder / "virtuoso.lck").unlink(missing_ok=True)
        (self.folder / "virtuoso.ini").write_text(f"""
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{free_port()}
DisableUnixSocket = 1
CaseMode = 2
NumberOfBuffers = 20000
MaxDirtyBuffers = 12000
[HTTPServer]
ServerPort = 127.0.0.1:{self.port}
ServerRoot = .
ServerThreads = 10
MaxKeepAlives = 10
KeepAliveTimeout = 10
Charset = UTF-8
[SPARQL]
ResultSetMaxRows = 10000000
""")
        return ["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"], {}

    def is_own(self, graph):
        return graph.startswith(self.own)

    def options(self):
        return ["--graph", self.default]


class Line:
    """A line to a server that breaks: `plan` gives for each new connection (after how many bytes to the server, from it) it
    is cut, `None` for never, and how long each packet waits."""

    def __init__(self, port, plan):
        self.target, self.plan = port, plan
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.cuts = 0
        self.passed = 0
        threading.Thread(target=self.accept, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.listener.close()

    def accept(self):
        number = 0
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            to, back, delay = self.plan(number)
            number += 1
            try:
                server = socket.create_connection(("127.0.0.1", self.target))
            except OSError:
                client.close()
                continue
            for source, sink, limit in ((client, server, to), (server, client, back)):
                threading.Thread(target=self.pump, args=(source, sink, limit, delay), daemon=True).start()

    def pump(self, source, sink, limit, delay):
        passed = 0
        try:
            while data := source.recv(1 << 16):
                time.sleep(delay)
                if limit is not None and passed + len(data) >= limit:
                    sink.sendall(data[: limit - passed])
                    self.cuts += 1
                    break
                passed += len(data)
                self.passed += len(data)
                sink.sendall(data)
        except OSError:
            pass
        for end in (source, sink):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
