import type {
  TRPCBuiltRouter,
  TRPCMutationProcedure,
  TRPCQueryProcedure,
  TRPCSubscriptionProcedure,
} from "@trpc/server";
import type { Balance, CreditHistory, CreditHistoryInput } from "../contract/credits.ts";
import type { AppErrorShape } from "../contract/error.ts";
import type {
  CreateJobInput,
  Job,
  JobIdInput,
  JobPage,
  JobUpdatesInput,
  ListJobsInput,
  Quote,
  QuoteInput,
  RetryJobInput,
} from "../contract/job.ts";
import type { Service } from "../contract/service.ts";
import type {
  Asset,
  AssetIdInput,
  CreateUploadInput,
  FinishUploadInput,
  UploadTicket,
} from "../contract/upload.ts";

interface Root {
  ctx: object;
  meta: object;
  errorShape: AppErrorShape;
  transformer: false;
}

type Query<Input, Output> = TRPCQueryProcedure<{ input: Input; output: Output; meta: object }>;
type Mutation<Input, Output> = TRPCMutationProcedure<{
  input: Input;
  output: Output;
  meta: object;
}>;
/** Values are tracked: each has the event number to go on after. */
type Stream<Input, Value> = TRPCSubscriptionProcedure<{
  input: Input;
  output: AsyncIterable<{ id: string; data: Value }>;
  meta: object;
}>;

/**
 * The procedures of the studio as a client sees them: the server's own router without what lies
 * behind it, so that a program that only calls needs none of the server's types. A test holds it
 * equal to the server's router.
 */
export type StudioRouter = TRPCBuiltRouter<
  Root,
  {
    services: { list: Query<void, Service[]> };
    uploads: {
      create: Mutation<CreateUploadInput, UploadTicket>;
      finish: Mutation<FinishUploadInput, Asset>;
    };
    assets: { get: Query<AssetIdInput, Asset>; fromResult: Mutation<JobIdInput, Asset> };
    jobs: {
      quote: Query<QuoteInput, Quote>;
      create: Mutation<CreateJobInput, Job>;
      get: Query<JobIdInput, Job>;
      list: Query<ListJobsInput, JobPage>;
      cancel: Mutation<JobIdInput, Job>;
      retry: Mutation<RetryJobInput, Job>;
      delete: Mutation<JobIdInput, Record<string, never>>;
      onUpdate: Stream<JobUpdatesInput, Job>;
    };
    credits: {
      balance: Query<void, Balance>;
      history: Query<CreditHistoryInput, CreditHistory>;
    };
  }
>;
