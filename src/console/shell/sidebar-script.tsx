/** Under which name the browser keeps how wide the sidebar is. */
export const sidebarKept = "waybill-sidebar";

const script = `try{if(localStorage.getItem("${sidebarKept}")==='"icons"')document.documentElement.dataset.sidebar="icons"}catch{}`;

/** Runs before the page is drawn, so that a sidebar of icons is not first seen with its names. */
export function SidebarScript() {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: our own constant
  return <script dangerouslySetInnerHTML={{ __html: script }} />;
}
