// Stands in for the simulator: healthy for whoever shows a key.
import { createServer } from "node:http";

const port = Number(process.argv[process.argv.indexOf("--port") + 1]);
createServer((request, response) => {
  response.statusCode = request.headers.authorization?.startsWith("Bearer ") === true ? 200 : 401;
  response.end("{}");
}).listen(port, "127.0.0.1", () => console.log(JSON.stringify({ event: "simulator up" })));
