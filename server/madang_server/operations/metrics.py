"""Metrics in Prometheus' text form. Labels are route templates and job names: never ids, never people."""

from __future__ import annotations

import ipaddress
import secrets

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.process_collector import ProcessCollector
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from madang_server.jobs.ports import Figures

# Seconds. Pages should stay under 0.1, so the buckets are dense there.
_LATENCY_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """The figures of one process, with their own registry, so that two applications in one test do not mix."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry(auto_describe=True)
        ProcessCollector(registry=registry)
        labels = ("route", "method", "status")
        self.requests = Counter("madang_requests", "Requests answered.", labels, registry=registry)
        self.latency = Histogram(
            "madang_request_seconds", "Time to the last byte.", ("route",), buckets=_LATENCY_BUCKETS, registry=registry
        )
        self.errors = Counter("madang_unexpected_errors", "Answers of 500.", registry=registry)
        self.statements = Gauge("madang_graph_statements", "Statements sent to the graph.", registry=registry)
        self.jobs_waiting = Gauge("madang_jobs_waiting", "Jobs in the queue; -1: not known.", registry=registry)
        self.jobs_in_outbox = Gauge("madang_jobs_in_outbox", "Jobs not done; -1: not known.", registry=registry)
        self.jobs_given_up = Gauge("madang_jobs_given_up", "Of these, failed too often.", registry=registry)
        self.jobs = Gauge("madang_jobs_ended", "Jobs ended, all workers.", ("job", "outcome"), registry=registry)

    def note_queue(self, figures: Figures) -> None:
        """Take over what the queue says."""
        self.jobs_waiting.set(figures.waiting)
        for (job, outcome), count in figures.ended.items():
            self.jobs.labels(job, outcome).set(count)

    def render(self) -> bytes:
        """Return all figures in Prometheus' text form."""
        return generate_latest(self.registry)


def may_read_metrics(request: Request, token: str) -> bool:
    """Tell whether the caller may read the metrics.

    With a token set, exactly its bearers. Without one, callers on this machine that no proxy stands in front of:
    a proxy on the same machine would make every caller look local.
    """
    if token:
        sent = request.headers.get("authorization", "")
        return secrets.compare_digest(sent.encode(), f"Bearer {token}".encode())
    if "x-forwarded-for" in request.headers or "forwarded" in request.headers or request.client is None:
        return False
    try:
        return ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False


def metrics_response(metrics: Metrics) -> Response:
    """Return the answer of `/metrics`."""
    return Response(metrics.render(), headers={"content-type": CONTENT_TYPE_LATEST, "cache-control": "no-store"})


def hidden_response() -> Response:
    """Return the same answer as for an address that does not exist."""
    return PlainTextResponse("Not Found", status_code=404)
