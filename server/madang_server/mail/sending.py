"""Sends a letter that waits, or leaves it in the local outbox."""

from __future__ import annotations

from madang_graph.client import Graph, Transaction
from madang_graph.writes import mails
from madang_graph.writes.lists import Finish

from madang_server.mail.ports import Mailer
from madang_server.wiring import Clock


async def send(graph: Graph, mailer: Mailer | None, mail_id: str, clock: Clock, finish: Finish) -> None:
    """Hand the letter over and note it, with the end of the job, in one transaction.

    In the local outbox a letter stands once. A mail server cannot take part in the transaction: a process killed
    between its answer and the note sends the letter again, under the same Message-ID.
    Raises: MailRefusedError: nothing was noted; the job is done again later.
    """
    waiting = await mails.waiting(graph, mail_id)
    if waiting is not None and mailer is not None:
        await mailer.hand_over(waiting)

    async def work(transaction: Transaction) -> None:
        if waiting is not None:
            await mails.mark_sent(transaction, mail_id, clock(), local=mailer is None)
        await finish(transaction)

    await graph.transact(work)
