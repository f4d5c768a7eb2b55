import goldenSentences from "../src/prompt/thai/golden-sentences.json" with { type: "json" };
import { translateRequest } from "../src/prompt/thai/translate-request.ts";

/** How long a request takes to translate: `node --conditions=ob-source bench/translate-request.ts`. */
function microsecondsPer(requests: readonly string[], rounds: number): number {
  const start = performance.now();
  for (let round = 0; round < rounds; round += 1) {
    for (const request of requests) translateRequest(request);
  }
  return ((performance.now() - start) * 1000) / (rounds * requests.length);
}

const sentences = goldenSentences.map(({ th }) => th);
microsecondsPer(sentences, 5);
console.log(
  `${sentences.length} golden sentences: ${microsecondsPer(sentences, 20).toFixed(0)} µs each`,
);
for (const length of [1_000, 10_000, 100_000]) {
  for (const unit of ["กฬฆษ", "เปลี่ยนเสื้อเป็นสีแดง", "หมวกของ", "แมวและ"]) {
    const request = unit.repeat(Math.ceil(length / unit.length));
    console.log(
      `${String(length)} letters of ${unit}: ${(microsecondsPer([request], 1) / 1000).toFixed(1)} ms`,
    );
  }
}
