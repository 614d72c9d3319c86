"use client";

/** Shown when the document itself could not be made, as when the server's settings are incomplete. */
export default function GlobalError() {
  return (
    <html lang="en">
      <body
        style={{
          font: "15px/1.5 system-ui, sans-serif",
          margin: "15vh auto",
          maxWidth: "34rem",
          padding: 16,
        }}
      >
        <h1 style={{ fontSize: 20 }}>Waybill cannot show this page</h1>
        <p>The server could not start its work. Its log says which setting or service is missing.</p>
        <p>
          <a href="/">Try again</a>
        </p>
      </body>
    </html>
  );
}
