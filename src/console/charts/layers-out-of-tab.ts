/**
 * Keeps Tab out of the layers of what recharts draws into `box`; a ref, which lets go of it by what it returns. Each
 * layer is a group of React's that hears all events, and browsers take a group that hears of the focus for one that
 * wants it: six presses without anything to see, at every chart. Layers come and go with what is drawn.
 */
export function layersOutOfTab(box: HTMLElement | null): (() => void) | undefined {
  if (box === null) return undefined;
  const leaveOut = () => {
    const layers = box.querySelectorAll('g[class^="recharts-zIndex-layer"]:not([tabindex])');
    for (const layer of layers) layer.setAttribute("tabindex", "-1");
  };
  leaveOut();
  const observer = new MutationObserver(leaveOut);
  observer.observe(box, { childList: true, subtree: true });
  return () => observer.disconnect();
}
