import { markup, type Html, trusted } from "./html.js";
import { script } from "./script.js";
import { style } from "./style.js";

/** One chapter of the report. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly body: Html;
}

/** A whole page that needs nothing from outside itself. */
export function page(title: string, lead: Html, sections: readonly Section[]): string {
  const document = markup`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"
        />
        <title>${title}</title>
        <style>
          ${trusted(style)}
        </style>
      </head>
      <body>
        <header>
          <h1>${title}</h1>
          ${lead}
          <nav aria-label="Sections">
            <ul>
              ${sections.map(({ id, title: name }) => markup`<li><a href="#${id}">${name}</a></li>`)}
            </ul>
          </nav>
        </header>
        <main>
          ${sections.map(
            ({ id, title: name, body }) =>
              markup`<section id="${id}">
                <h2>${name}</h2>
                ${body}
              </section> `,
          )}
        </main>
        <script>
          ${trusted(script)}
        </script>
      </body>
    </html> `;
  return document.text;
}

/** Instead of a section whose stage has left nothing. */
export function absent(stage: string, what: string): Html {
  return markup`<p class="absent">The stage <code>${stage}</code> has not run, so there is no ${what} to show.</p>`;
}
