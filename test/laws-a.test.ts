import { everySecond, holdLaws } from "./laws/all.ts";

holdLaws(everySecond(0, "hyperstore"));
