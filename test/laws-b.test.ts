import { User } from "../provider/hyperstore/user.ts";
import { everySecond, holdLaws, holdLawsThroughPlugin } from "./laws/all.ts";

holdLaws("test/laws-b.test.ts", everySecond(1, "hyperstore"));
holdLawsThroughPlugin("test/laws-b.test.ts", User);
