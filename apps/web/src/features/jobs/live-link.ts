/** How a job's news reach the page: by stream, or by asking when the stream was lost twice. */
export type LiveLink =
  | { readonly kind: "stream"; readonly losses: number }
  | { readonly kind: "poll" };

export type LiveLinkEvent = "lost" | "heard" | "streamTried";

export const FIRST_LINK: LiveLink = { kind: "stream", losses: 0 };
const LOSSES_TO_POLL = 2;

/** After polling for a while the stream gets one more chance; a single loss then goes back to polling. */
export function nextLink(link: LiveLink, event: LiveLinkEvent): LiveLink {
  switch (event) {
    case "heard":
      return link.kind === "stream" && link.losses > 0 ? FIRST_LINK : link;
    case "streamTried":
      return link.kind === "poll" ? { kind: "stream", losses: LOSSES_TO_POLL - 1 } : link;
    case "lost": {
      if (link.kind === "poll") return link;
      const losses = link.losses + 1;
      return losses >= LOSSES_TO_POLL ? { kind: "poll" } : { kind: "stream", losses };
    }
  }
}
