/** The one element with that id, of that kind. */
export function byId<E extends HTMLElement>(id: string, kind: new () => E): E {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new TypeError(`expected a ${kind.name} #${id}`);
  return found;
}

/** A new element. What strangers wrote becomes text, and never markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  properties: Partial<Omit<HTMLElementTagNameMap[K], 'children'>> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** Says what became of something that a person asked for. */
export function say(text: string, isBad = false): void {
  const said = byId('said', HTMLElement);
  said.textContent = text;
  said.classList.toggle('bad', isBad);
}
