/** The engine's floor: a provider that does nothing. */
import { serveEcho } from "./echo.ts";

serveEcho();
