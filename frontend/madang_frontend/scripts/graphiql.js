// GraphiQL for development, from local files only.
import { GraphiQL } from "graphiql";
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import "graphiql/style.css";
import "../styles/graphiql.css";

const stage = document.querySelector("#graphiql");

async function fetcher(parameters) {
  const answer = await fetch(stage.dataset.address, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify(parameters),
  });
  return answer.json();
}

createRoot(stage).render(createElement(GraphiQL, { fetcher }));
