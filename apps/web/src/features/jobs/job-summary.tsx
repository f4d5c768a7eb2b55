import { Trans, useLingui } from "@lingui/react/macro";
import type { Job, Service } from "@ob/api";
import { useFormat } from "../../shared/i18n/use-format.ts";

/** What was asked for: choices by name, frame, further pictures, numbers that are not the usual ones, mode, words. */
export function JobSummary({ job, service }: { job: Job; service: Service }) {
  const { t } = useLingui();
  const { text, number } = useFormat();
  const { options, params, prompt, mode, ratio } = job.input;
  const choices = service.options.flatMap((group) =>
    group.choices.filter(({ id }) => options[group.id] === id).map(({ title }) => text(title)),
  );
  const modeTitle = service.modes.find(({ id }) => id === mode)?.title;
  const extras = job.input.extraImageAssetIds.length;
  const numbers = service.params.flatMap(({ id, title, default: usual }) => {
    const value = params[id];
    return value === undefined || value === usual ? [] : [`${text(title)} ${number(value)}`];
  });
  const asked = [
    ...choices,
    ...(ratio === service.ratios[0] ? [] : [t`สัดส่วน ${ratio}`]),
    ...(extras === 0 ? [] : [t`ภาพประกอบ ${extras} ภาพ`]),
    ...numbers,
    ...(modeTitle === undefined ? [] : [text(modeTitle)]),
  ];
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
