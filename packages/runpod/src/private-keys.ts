/** Names under which people's words stand: in graphs, in what ComfyUI says of them, in forms. */
export const WRITTEN_NAMES =
  "prompt|text|positive|negative|positive_prompt|negative_prompt|caption|instruction|string|value|received_value";

/** Parts of the names under which secrets stand, ours and a worker's own. */
export const SECRET_NAMES =
  "authorization|cookie|passwo?r?d|secret|signature|credential|api[_-]?key|access[_-]?key|private[_-]?key|access[_-]?id|token";

/** Whether a value under this name was written by a person. */
export const WRITTEN_KEY = new RegExp(`^(?:${WRITTEN_NAMES})$`, "i");

/** Whether a value under this name is a secret; counts of tokens and tokenizers are none. */
export const SECRET_KEY = new RegExp(`(?:${SECRET_NAMES})(?<!_token(?=s))(?<!token(?=iz))`, "i");
