import { everySecond, holdLaws } from "./laws/all.ts";

holdLaws(everySecond(1, "hyperstore"));
