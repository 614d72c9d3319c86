/**
 * A PDF of one page with a line of text, whose drawing never ends: a form that is drawn ten times draws another one
 * ten times, and so on, ten deep. It has no table of objects; PDFium finds them by itself.
 */
export function drawingBombPdf(): Buffer {
  const levels = 10;
  const firstForm = 6;
  const draw = "q /F Do Q ".repeat(10);
  const forms = Array.from({ length: levels }, (_, level) => {
    const next = level + 1 < levels ? `/XObject << /F ${firstForm + level + 1} 0 R >>` : "";
    const content = level + 1 < levels ? draw : "0 0 m 100 100 l S";
    return `${firstForm + level} 0 obj
<< /Type /XObject /Subtype /Form /BBox [0 0 500 500] /Resources << ${next} >> /Length ${content.length} >>
stream
${content}
endstream
endobj`;
  });
  const page = `BT /A 20 Tf 72 700 Td (A page with text) Tj ET ${draw}`;
  return Buffer.from(`%PDF-1.4
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Kids [3 0 R] /Count 1 >>
endobj
3 0 obj
<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R
/Resources << /Font << /A 5 0 R >> /XObject << /F ${firstForm} 0 R >> >> >>
endobj
4 0 obj
<< /Length ${page.length} >>
stream
${page}
endstream
endobj
5 0 obj
<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>
endobj
${forms.join("\n")}
trailer
<< /Root 1 0 R >>
%%EOF
`);
}
