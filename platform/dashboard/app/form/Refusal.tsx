/** What the API said to the whole of a form, read aloud when it comes. */
export function Refusal({ text }: { readonly text: string | undefined }) {
  return <div role="alert">{text !== undefined && <p class="error-line">{text}</p>}</div>;
}
