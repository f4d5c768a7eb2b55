/** One message of a chat completion request. */
export interface RewriteMessage {
  role: "system" | "user";
  content: string;
}

/** What is asked of a chat model: the messages, and the only shape its answer may have. */
export interface RewriteRequest {
  messages: readonly RewriteMessage[];
  /** JSON Schema of the answer, for endpoints that take one (`response_format`). */
  answerSchema: RewriteAnswerSchema;
  /** Upper bound of the answer in model tokens. */
  maxTokens: number;
}

/** The JSON Schema of `{"rewritten": "…"}`. */
export interface RewriteAnswerSchema {
  type: "object";
  properties: { rewritten: { type: "string"; maxLength: number } };
  required: readonly ["rewritten"];
  additionalProperties: false;
}

/**
 * Somewhere that rewrites instructions: any endpoint that speaks the OpenAI chat format. The answer
 * is whatever came back, not yet looked at: `readRewrite` decides whether it may be used.
 */
export interface PromptRewriter {
  /** @throws when the endpoint cannot be reached or refuses; the compiled instruction then stands. */
  rewrite(request: RewriteRequest): Promise<unknown>;
}

/** What a rewritten instruction must still say. */
export interface RewriteRules {
  /** Texts to be shown in the picture, letter for letter. */
  literals: readonly string[];
  /** Pieces nobody could translate; they may stay in quotes, or be said in English. */
  mayQuote: readonly string[];
  /** Sentences that protect what must stay; each has to be there word for word. */
  keepSentences: readonly string[];
  /** Code points a rewritten instruction may have. */
  maxLength: number;
}
