import { everySecond, holdLaws } from "./laws/all.ts";

holdLaws("test/laws-b.test.ts", everySecond(1, "hyperstore"));
