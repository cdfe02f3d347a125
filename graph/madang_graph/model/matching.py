"""The model that scores, as people may read of it. The model itself is kept in the data folder."""

from madang_graph.model.declare import Node, date, flag, instant, integer, json, text

BASIC_REASONS = ("encoder", "model")

MATCHING_MODEL = Node(
    "MatchingModel",
    "The matching model that the latest lists were made with; there is one.",
    {
        "id": text("Public id."),
        "version": text("Version of the model; empty: documented default weights serve."),
        "data_date": date("Day whose data it was learnt from; missing: documented default weights serve."),
        "since": instant("Since when it serves."),
        "basic": flag("True: basic matching, because the model or the sentence encoder cannot be used."),
        "basic_reason": text("What cannot be used; missing: nothing.", *BASIC_REASONS),
        "seed": integer("Seed of its random numbers."),
        "organisations": integer("Organisations that it was learnt from."),
        "projects": integer("Joint projects that it was learnt from."),
        "judgements": integer("Answers to suggestions that it was learnt from."),
        "partner_pairs": integer("Pairs that the partner score was fitted on; 0: documented default weights."),
        "programme_pairs": integer("Pairs that the programme score was fitted on; 0: documented default weights."),
        "features": json("List of {subject, name, weight, title_ko, title_en, text_ko, text_en}, heaviest first."),
        "metrics": json("List of {subject, name, value, low, high, cases, title_ko, title_en, text_ko, text_en}."),
        "card": text("The whole model card, Markdown."),
    },
    prefix="mdl_",
)
