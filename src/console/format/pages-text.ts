/** "page 4", "pages 4–6". */
export function pagesText(firstPage: number, lastPage: number): string {
  return firstPage === lastPage ? `page ${firstPage}` : `pages ${firstPage}–${lastPage}`;
}
