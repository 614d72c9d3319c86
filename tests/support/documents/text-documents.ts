/** An HTML page with everything around its text that is not its text. */
export const handbookHtml = `<!DOCTYPE html>
<html><head><title>Handbook &amp; more</title><meta name="author" content="Waybill">
<style>p { color: red }</style></head>
<body><nav><a href="/">Home</a></nav>
<h1>Handbook</h1><p>How goods <b>travel</b>.<br>By road.</p>
<script>const hidden = "<p>never</p>";</script>
<h2>Packing</h2>
<div>Loose text <span>in a box</span></div>
<ul><li>Boxes<ul><li>Small boxes</li></ul></li><li><p>Crates</p></li></ul>
<ol><li>First</li><li>Second</li></ol>
<h2>Prices</h2>
<table><thead><tr><th>Weight</th><th>Price</th></tr></thead>
<tbody><tr><td>1 kg</td><td>3 &euro;</td></tr></tbody></table>
<pre>if (heavy)
  pay();</pre>
</body></html>`;

/** A Markdown document with front matter, nested lists, a table, code and HTML in it. */
export const handbookMarkdown = `---
title: "Handbook"
author: Waybill
---

# Handbook

How goods *travel*, see [the map](https://example.com).

## Packing

- Boxes
  - Small boxes
- [x] Crates

> Keep it dry.

## Prices

| Weight | Price |
| --- | --- |
| 1 kg | 3 € |

\`\`\`ts
if (heavy) {
  pay();
}
\`\`\`

<p>Valid for <b>a year</b>.</p>
`;

/** Plain text of three paragraphs. */
export const handbookText = "Handbook\n\nHow goods travel.\nBy road.\n\n\nPrices hold for a year.\n";
