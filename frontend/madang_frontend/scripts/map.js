// The map pages' own entry: d3-geo is loaded only where a map is.
import { start } from "../parts/map.js";

start(document);
