import { z } from "zod";
import { createPhotos } from "../crowd/photos.ts";
import { type CrowdLedger, createCrowdLedger } from "../crowd/crowd-ledger.ts";
import { useStudio } from "../crowd/use-studio.ts";
import { answerParent } from "./answer-parent.ts";

const Start = z.object({ url: z.string(), users: z.number(), ms: z.number() });

let ledger: CrowdLedger | null = null;

answerParent(
  {
    async run(input) {
      const { url, users, ms } = Start.parse(input);
      const photos = await createPhotos();
      const book = createCrowdLedger();
      ledger = book;
      const untilMs = performance.now() + ms;
      await Promise.all(
        Array.from({ length: users }, (_, n) => useStudio({ url, n, untilMs, photos, book })),
      );
      return book.read();
    },
    async soFar() {
      return ledger?.read() ?? null;
    },
  },
  async () => {},
);
