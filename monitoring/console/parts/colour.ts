/** The colour behind a custom property such as `--accent`, as it is now: for what is drawn on a canvas. */
export const colour = (property: string): string => {
  const probe = document.createElement('span');
  probe.style.color = `var(${property})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
};
