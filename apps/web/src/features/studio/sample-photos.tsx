import { Trans, useLingui } from "@lingui/react/macro";
import { fetchPicture } from "../../shared/api/fetch-picture.ts";
import type { ImageIntake } from "./use-image-intake.ts";

/** Three photos to try with, see public/samples/SOURCES.md. */
export function SamplePhotos({
  take,
  onUnfetched,
}: {
  take: ImageIntake["take"];
  onUnfetched: (cause: unknown) => void;
}) {
  const { t } = useLingui();
  const samples = [
    { id: "portrait", name: t`ภาพคน` },
    { id: "product", name: t`สินค้า` },
    { id: "cat", name: t`แมว` },
  ];
  const choose = async (id: string) => {
    try {
      await take({ blob: await fetchPicture(`/samples/${id}.jpg`), name: `${id}.jpg` });
    } catch (cause) {
      onUnfetched(cause);
    }
  };
  return (
    <div>
      <p className="text-label text-text-2">
        <Trans>หรือลองกับภาพตัวอย่าง</Trans>
      </p>
      <ul className="mt-2 grid grid-cols-3 gap-3">
        {samples.map(({ id, name }) => (
          <li key={id}>
            <button
              type="button"
              onClick={() => void choose(id)}
              className="block w-full overflow-hidden rounded-card border border-hairline bg-ink-2 hover:border-control"
            >
              <img
                src={`/samples/${id}-thumb.webp`}
                alt=""
                width={240}
                height={180}
                className="aspect-4/3 w-full object-cover"
              />
              <span className="block px-2 py-1.5 text-label">{name}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
