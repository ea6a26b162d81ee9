import type { Drawing } from '../../../map/drawing.ts';
import { colour } from '../../parts/colour.ts';
import { layOut } from './layout.ts';

const pixelsPerUnit = 2;

const save = (content: Blob, name: string): void => {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
};

const nameOf = ({ tenant, at }: Drawing, ending: string): string =>
  `koppelingenkaart-${tenant?.id ?? 'alle'}-${at.slice(0, 10)}.${ending}`;

/** The picture by itself: every colour as it is now, on its own ground, without what is only for the page. */
const svgText = (picture: SVGElement, drawing: Drawing): string => {
  const { width, height } = layOut(drawing);
  const copy = picture.cloneNode(true) as SVGElement;
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('viewBox', `0 0 ${width} ${height}`);
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  for (const [name, value] of Object.entries({ width, height, fill: 'var(--ground)' }))
    ground.setAttribute(name, String(value));
  copy.prepend(ground);
  for (const element of copy.querySelectorAll('*')) {
    for (const name of ['role', 'tabindex', 'aria-pressed', 'class']) element.removeAttribute(name);
    for (const name of ['fill', 'stroke']) {
      const [, property] = /^var\((--[\w-]+)\)$/.exec(element.getAttribute(name) ?? '') ?? [];
      if (property !== undefined) element.setAttribute(name, colour(property));
    }
  }
  return new XMLSerializer().serializeToString(copy);
};

/** Gives the map as a drawing that other programs open. */
export const saveSvg = (picture: SVGElement, drawing: Drawing): void =>
  save(new Blob([svgText(picture, drawing)], { type: 'image/svg+xml' }), nameOf(drawing, 'svg'));

/** Gives the map as an image. */
export const savePng = async (picture: SVGElement, drawing: Drawing): Promise<void> => {
  const { width, height } = layOut(drawing);
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(svgText(picture, drawing))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * pixelsPerUnit;
  canvas.height = height * pixelsPerUnit;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const content = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
  if (content) save(content, nameOf(drawing, 'png'));
};

/** Gives what the map is drawn from. */
export const saveJson = (drawing: Drawing): void =>
  save(
    new Blob([JSON.stringify(drawing, null, 2)], { type: 'application/json' }),
    nameOf(drawing, 'json'),
  );
