/** Where a row has no value. On a narrow screen, where each has a line of its own, the line is left out. */
export function Nothing() {
  return <span class="nothing">–</span>;
}
