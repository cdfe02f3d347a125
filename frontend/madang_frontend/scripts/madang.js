// Runs on every page. Pages work without it; it adds partial updates and small comforts.
import htmx from "htmx.org";
import { start as startFilters } from "../parts/filters.js";
import { start as startPager } from "../parts/pager.js";
import { start as startTabs } from "../parts/tabs.js";
import { start as startForms } from "../parts/form.js";
import { keepPlace } from "./places.js";
import { keepFocus } from "./swaps.js";
import { start as startCopyLink } from "../parts/copy_link.js";
import { start as startKeys } from "../parts/keys.js";
import { start as startSearch } from "../parts/search.js";
import { start as startSkeleton } from "../parts/skeleton.js";
import { start as startToasts } from "../parts/toast.js";

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0; // pages are private: going back asks the server again
htmx.config.refreshOnHistoryMiss = true;
// A form that was refused comes back as a page too.
htmx.config.responseHandling = [
  { code: "204", swap: false },
  { code: "[23]..", swap: true },
  { code: "403|409|422|429", swap: true },
  { code: "[45]..", swap: true, error: true },
];
htmx.config.scrollBehavior = "instant";

startFilters(document);
startPager(document);
startTabs(document);
startForms(document);
keepFocus(document);
keepPlace(document);
startSearch(document);
startToasts(document);
startCopyLink(document);
startKeys(document);
startSkeleton(document);

// Parts that few pages have come when one of them is there, also after a partial update; each starts once.
const sometimes = [
  ["form[method=post]", () => import("../parts/draft.js")],
  ["main form[method=post]", () => import("../parts/field.js")],
  ["[data-graph]", () => import("../parts/stage.js")],
  ["[data-time]", () => import("../parts/time_slider.js")],
];

function startWhatIsThere() {
  for (const [place, fetchPart] of sometimes.splice(0)) {
    if (document.querySelector(place)) fetchPart().then((part) => part.start(document, htmx));
    else sometimes.push([place, fetchPart]);
  }
}
startWhatIsThere();
document.body.addEventListener("htmx:afterSettle", startWhatIsThere);
