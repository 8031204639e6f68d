import { everySecond, holdLaws } from "./laws/all.ts";

holdLaws("test/laws-a.test.ts", everySecond(0, "hyperstore"));
