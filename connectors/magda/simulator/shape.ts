import type { XmlElement } from '#kit/soap/xml.js';

/** What an element may hold: text of a form, or elements in an order. */
export type Shape = RegExp | readonly Part[];

/** One element of a sequence. */
export interface Part {
  readonly name: string;
  readonly shape: Shape;
  readonly least: number;
  readonly most: number;
}

export const one = (name: string, shape: Shape): Part => ({ name, shape, least: 1, most: 1 });
export const maybe = (name: string, shape: Shape): Part => ({ name, shape, least: 0, most: 1 });
export const some = (name: string, shape: Shape): Part => ({
  name,
  shape,
  least: 1,
  most: Infinity,
});

/** Text of so many characters. */
export const text = (most: number, least = 0): RegExp => new RegExp(`^[^]{${least},${most}}$`, 'u');

const wrongText = ({ name, children, text: said }: XmlElement, form: RegExp): string | null => {
  if (children.length > 0) return `${name} mag geen elementen bevatten`;
  return form.test(said) ? null : `${name} heeft een waarde die niet mag`;
};

/** The elements of this name that stand next. */
const nextOf = (elements: readonly XmlElement[], at: number, name: string): number => {
  let count = 0;
  while (elements[at + count]?.name === name) count += 1;
  return count;
};

const wrongSequence = (
  { name, children, text: said }: XmlElement,
  parts: readonly Part[],
): string | null => {
  if (said !== '') return `${name} mag geen tekst bevatten`;
  let at = 0;
  for (const part of parts) {
    const count = nextOf(children, at, part.name);
    if (count < part.least || count > part.most)
      return `${name}: ${count} maal ${part.name}, in de volgorde van het schema`;
    for (const child of children.slice(at, at + count)) {
      const wrong = wrongIn(child, part.shape);
      if (wrong !== null) return wrong;
    }
    at += count;
  }
  const left = children[at];
  return left ? `${name}: ${left.name} wordt hier niet verwacht` : null;
};

/** What is wrong with an element, in the words of a validator; null where nothing is. Nothing below a wrapper has a namespace. */
export const wrongIn = (element: XmlElement, shape: Shape): string | null => {
  if (element.namespace !== '') return `${element.name} mag in geen namespace staan`;
  if (Object.keys(element.attributes).length > 0)
    return `${element.name} mag geen attributen hebben`;
  return shape instanceof RegExp ? wrongText(element, shape) : wrongSequence(element, shape);
};
