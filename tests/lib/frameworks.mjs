// The design systems that agencies use, whole as npm brings them: where their files are, and a page that uses them.
import fs from 'node:fs';
import path from 'node:path';

const packages = path.resolve(import.meta.dirname, '../node_modules');

/** First part of an address to a folder; GOV.UK Frontend asks for its fonts at /assets. */
const FOLDERS = {
  govuk: 'govuk-frontend/dist/govuk',
  assets: 'govuk-frontend/dist/govuk/assets',
  uswds: '@uswds/uswds/dist',
  bootstrap: 'bootstrap/dist',
};

const TYPES = { '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.png': 'image/png', '.woff2': 'font/woff2' };

/** The reply with a file of one of them; nothing for any other address. */
export function fileOf(url) {
  const [, first, ...rest] = new URL(url, 'http://x').pathname.split('/');
  const file = FOLDERS[first] && path.join(packages, FOLDERS[first], rest.join('/'));
  if (!file || !fs.existsSync(file)) return undefined;
  return { body: fs.readFileSync(file), headers: { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' } };
}

/** `head` and `sample` of a page; `sample` is a form of the framework's own. */
export const FRAMEWORKS = {
  'GOV.UK Frontend': {
    head: `<link rel="stylesheet" href="/govuk/govuk-frontend.min.css">
      <script type="module">
        import { initAll } from '/govuk/govuk-frontend.min.js';
        document.documentElement.className = 'govuk-template';
        document.body.className = 'govuk-template__body js-enabled govuk-frontend-supported';
        initAll();
      </script>`,
    sample: `<form class="govuk-form-group"><h2 class="govuk-heading-m">Heading</h2><p class="govuk-body">Words <a class="govuk-link" href="#x">link</a></p>
      <fieldset class="govuk-fieldset"><legend class="govuk-fieldset__legend">Legend</legend>
        <div class="govuk-radios" data-module="govuk-radios"><div class="govuk-radios__item">
          <input class="govuk-radios__input" type="radio" id="host-radio" name="host-radio"><label class="govuk-label govuk-radios__label" for="host-radio">Yes</label>
        </div></div></fieldset>
      <label class="govuk-label" for="host-text">Name</label><input class="govuk-input" id="host-text" type="text">
      <button class="govuk-button" data-module="govuk-button">Save</button></form>`,
  },
  USWDS: {
    head: `<script src="/uswds/js/uswds-init.min.js"></script><link rel="stylesheet" href="/uswds/css/uswds.min.css"><script src="/uswds/js/uswds.min.js" defer></script>`,
    sample: `<form class="usa-form"><h2>Heading</h2><p class="usa-prose">Words <a class="usa-link" href="#x">link</a></p>
      <fieldset class="usa-fieldset"><legend class="usa-legend">Legend</legend><div class="usa-radio">
        <input class="usa-radio__input" type="radio" id="host-radio" name="host-radio"><label class="usa-radio__label" for="host-radio">Yes</label>
      </div></fieldset>
      <label class="usa-label" for="host-text">Name</label><input class="usa-input" id="host-text" type="text">
      <button class="usa-button">Save</button></form>`,
  },
  Bootstrap: {
    head: `<link rel="stylesheet" href="/bootstrap/css/bootstrap.min.css"><script src="/bootstrap/js/bootstrap.bundle.min.js" defer></script>`,
    sample: `<form class="card card-body"><h2 class="h4">Heading</h2><p class="lead">Words <a href="#x">link</a></p>
      <fieldset><legend>Legend</legend><div class="form-check">
        <input class="form-check-input" type="radio" id="host-radio" name="host-radio"><label class="form-check-label" for="host-radio">Yes</label>
      </div></fieldset>
      <label class="form-label" for="host-text">Name</label><input class="form-control" id="host-text" type="text">
      <button class="btn btn-primary">Save</button></form>`,
  },
};
