// Dismissals had their reason in the person's words; now it is a code with a note beside it.
MATCH (:Organisation)-[d:DISMISSED]->()
WHERE d.reason IS NOT NULL AND d.note IS NULL
SET d.note = d.reason, d.reason = 'other';
// What was hidden and answered before judgements were kept.
MATCH (o:Organisation)-[d:DISMISSED]->(x)
CREATE (o)-[:JUDGED]->(:Judgement {
  id: 'jdg_' + replace(randomUUID(), '-', ''), verdict: 'not_relevant', reason: d.reason, note: d.note,
  said_at: coalesce(d.dismissed_at, '2026-01-01T00:00:00Z')
})-[:JUDGES]->(x);
MATCH (a:Organisation)-[:ASKED]->(i:Introduction)-[:ASKS]->(b:Organisation)
WHERE i.state IN ['accepted', 'declined'] AND i.answered_at IS NOT NULL
CREATE (b)-[:JUDGED]->(j:Judgement {
  id: 'jdg_' + replace(randomUUID(), '-', ''),
  verdict: CASE i.state WHEN 'accepted' THEN 'accepted' ELSE 'refused' END, said_at: i.answered_at
})-[:JUDGES]->(a)
CREATE (j)-[:CAME_OF]->(i);
