/** The product's name is a proper noun: the same in every language. */
const NAME = "OB AI Studio";

export function Brand() {
  return (
    <span translate="no" className="text-label font-semibold">
      {NAME}
    </span>
  );
}
