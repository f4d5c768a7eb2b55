import { Trans } from "@lingui/react/macro";
import type { Job, Service } from "@ob/api";
import { useFormat } from "../../shared/i18n/use-format.ts";

/** What was asked for: the choices by name, the user's own words, the mode. */
export function JobSummary({ job, service }: { job: Job; service: Service }) {
  const { text } = useFormat();
  const { options, prompt, mode } = job.input;
  const choices = service.options.flatMap((group) =>
    group.choices.filter(({ id }) => options[group.id] === id).map(({ title }) => text(title)),
  );
  const modeTitle = service.modes.find(({ id }) => id === mode)?.title;
  const asked = [...choices, ...(modeTitle === undefined ? [] : [text(modeTitle)])];
  return (
    <section className="mt-4 border-t border-hairline pt-3">
      <h3 className="text-label text-text-3">
        <Trans>สิ่งที่สั่งไว้</Trans>
      </h3>
      <ul className="mt-1 flex flex-wrap gap-x-3 text-label text-text-2">
        {asked.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
      {prompt !== null && (
        <p className="whitespace-pre-line wrap-anywhere text-label text-text-2">{prompt}</p>
      )}
    </section>
  );
}
