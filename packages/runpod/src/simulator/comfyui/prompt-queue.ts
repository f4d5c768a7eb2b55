import { JobTimers } from "../job-timers.ts";
import {
  executePrompt,
  moveTo,
  tellStep,
  type ExecutionEnd,
  type ExecutionTools,
} from "./execute-prompt.ts";
import type { PromptTruth } from "./options.ts";
import {
  toPromptTruth,
  type HistoryEntry,
  type QueueItem,
  type SimulatedPrompt,
} from "./prompt.ts";

export interface PromptQueueOptions extends ExecutionTools {
  queueMs: number;
  interruptMs: number;
  historySize: number;
}

/** ComfyUI's queue and history: one prompt at a time, all of it lost with the process. */
export class PromptQueue {
  readonly #options: PromptQueueOptions;
  readonly #all: SimulatedPrompt[] = [];
  readonly #history = new Map<string, HistoryEntry>();
  readonly #afterwards: JobTimers;
  #pending: SimulatedPrompt[] = [];
  #running: SimulatedPrompt | null = null;
  #available = new Set<SimulatedPrompt>();
  #number = 0;

  constructor(options: PromptQueueOptions) {
    this.#options = options;
    this.#afterwards = new JobTimers(options.clock);
  }

  /** Prompts run in the order of their numbers. */
  nextNumber(): number {
    this.#number += 1;
    return this.#number;
  }

  put(prompt: SimulatedPrompt): void {
    this.#all.push(prompt);
    this.#pending.push(prompt);
    this.#pending.sort((a, b) => a.item[0] - b.item[0]);
    this.#options.log({ event: "prompt.queued", id: prompt.id });
    this.#tellStatus();
    prompt.timers.plan(this.#options.queueMs, () => {
      this.#available.add(prompt);
      this.#startNext();
    });
  }

  view(): { queue_running: QueueItem[]; queue_pending: QueueItem[] } {
    return {
      queue_running: this.#running === null ? [] : [this.#running.item],
      queue_pending: this.#pending.map(({ item }) => item),
    };
  }

  deletePending(id: string): void {
    const prompt = this.#pending.find((each) => each.id === id);
    if (prompt === undefined) return;
    this.#pending = this.#pending.filter((each) => each !== prompt);
    this.#close(prompt, "CANCELLED");
    this.#tellStatus();
  }

  clearPending(): void {
    for (const { id } of this.#pending) this.deletePending(id);
  }

  /** `null`: whatever runs. The running node notices it after a while. */
  interrupt(id: string | null): void {
    const prompt = this.#running;
    if (prompt === null || (id !== null && prompt.id !== id)) return;
    const stop = (): void => {
      if (this.#running !== prompt) return;
      prompt.wasInterrupted = true;
      this.#end(prompt, "interrupted");
    };
    if (this.#options.interruptMs === 0) stop();
    else prompt.timers.plan(this.#options.interruptMs, stop);
  }

  history(id: string | null): Record<string, HistoryEntry> {
    if (id === null) return Object.fromEntries(this.#history);
    const entry = this.#history.get(id);
    return entry === undefined ? {} : { [id]: entry };
  }

  forgetHistory(ids: readonly string[] | "all"): void {
    if (ids === "all") this.#history.clear();
    else for (const id of ids) this.#history.delete(id);
  }

  /** The process ends and comes back: nothing is left. */
  restart(): void {
    const lost = [...this.#pending, ...(this.#running === null ? [] : [this.#running])];
    this.#pending = [];
    this.#running = null;
    this.#history.clear();
    for (const prompt of lost) this.#close(prompt, "DELETED");
  }

  /** The running node of a client's prompt, told to who connects again. */
  runningOf(clientId: string): SimulatedPrompt | null {
    return this.#running?.clientId === clientId ? this.#running : null;
  }

  remaining(): number {
    return this.#pending.length + (this.#running === null ? 0 : 1);
  }

  truth(): PromptTruth[] {
    return this.#all.map(toPromptTruth);
  }

  stop(): void {
    this.#afterwards.cancelAll();
    for (const prompt of this.#all) prompt.timers.cancelAll();
  }

  #startNext(): void {
    if (this.#running !== null) return;
    const prompt = this.#pending.find((each) => this.#available.has(each));
    if (prompt === undefined) return;
    this.#pending = this.#pending.filter((each) => each !== prompt);
    this.#running = prompt;
    prompt.status = "IN_PROGRESS";
    prompt.startedAtMs = this.#options.clock.now();
    this.#options.log({ event: "prompt.started", id: prompt.id });
    this.#tellStatus();
    this.#message(prompt, "execution_start", {});
    this.#message(prompt, "execution_cached", { nodes: [] });
    executePrompt(this.#options, prompt, (result) => this.#end(prompt, result));
  }

  #end(prompt: SimulatedPrompt, result: ExecutionEnd | "interrupted"): void {
    const isSuccess = result !== "interrupted" && result.kind === "success";
    const nodeId = prompt.node ?? "1";
    if (result === "interrupted") {
      const at = { node_id: nodeId, node_type: "KSampler", executed: [] };
      this.#message(prompt, "execution_interrupted", at);
    } else if (result.kind === "error") {
      this.#message(prompt, "execution_error", {
        node_id: result.nodeId,
        node_type: result.nodeType,
        executed: [],
        exception_message: result.message,
        exception_type: result.exceptionType,
        traceback: ['  File "/comfyui/execution.py", line 510, in execute\n'],
        current_inputs: {},
        current_outputs: [],
      });
    } else {
      this.#tellOutputs(prompt, result.outputs);
      this.#message(prompt, "execution_success", {});
    }
    this.#running = null;
    this.#remember(prompt, {
      prompt: prompt.item,
      outputs: isSuccess ? result.outputs : {},
      status: {
        status_str: isSuccess ? "success" : "error",
        completed: isSuccess,
        messages: prompt.messages,
      },
      meta: {},
    });
    this.#close(
      prompt,
      isSuccess ? "COMPLETED" : result === "interrupted" ? "CANCELLED" : "FAILED",
    );
    moveTo(this.#options, prompt, null);
    this.#tellStatus();
    if (prompt.plan.lateProgress) this.#planLateProgress(prompt, nodeId);
    this.#startNext();
  }

  #tellOutputs(prompt: SimulatedPrompt, outputs: HistoryEntry["outputs"]): void {
    const { clientId, id } = prompt;
    if (clientId === null) return;
    for (const [node, output] of Object.entries(outputs)) {
      const data = { node, display_node: node, output, prompt_id: id };
      this.#options.hub.send(clientId, { type: "executed", data });
    }
  }

  #remember(prompt: SimulatedPrompt, entry: HistoryEntry): void {
    this.#history.set(prompt.id, entry);
    const [oldest] = this.#history.keys();
    if (this.#history.size > this.#options.historySize && oldest !== undefined) {
      this.#history.delete(oldest);
    }
  }

  #close(prompt: SimulatedPrompt, status: "COMPLETED" | "FAILED" | "CANCELLED" | "DELETED"): void {
    prompt.timers.cancelAll();
    this.#available.delete(prompt);
    prompt.status = status;
    prompt.endedAtMs = this.#options.clock.now();
    this.#options.log({ event: "prompt.ended", id: prompt.id, status });
  }

  #message(prompt: SimulatedPrompt, event: string, data: object): void {
    const full = {
      prompt_id: prompt.id,
      ...data,
      timestamp: Math.round(this.#options.clock.now()),
    };
    prompt.messages.push([event, full]);
    if (prompt.clientId !== null) {
      this.#options.hub.send(prompt.clientId, { type: event, data: full });
    }
  }

  #planLateProgress(prompt: SimulatedPrompt, samplerId: string): void {
    this.#afterwards.plan(0, () =>
      tellStep(this.#options, prompt, { samplerId, value: 1, max: 4 }),
    );
  }

  #tellStatus(): void {
    const status = { exec_info: { queue_remaining: this.remaining() } };
    this.#options.hub.send(null, { type: "status", data: { status } });
  }
}
