import { holdLaws } from "./laws/all.ts";

holdLaws(1);
