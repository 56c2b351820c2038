import type { HostProject } from '@taskfleet/worker-export/demo';

const FORMATS = [
  ['xls', 'Workbook'],
  ['shp', 'Shapefiles'],
  ['res', 'Documents'],
  ['all', 'All of it'],
] as const;

export function projectBody(project: HostProject, tasks: string): string {
  const { locations, parties, relationships, resources } = project;
  const facts = [
    ['Locations', locations.count],
    ['Parties', parties.count],
    ['Relationships', relationships.count],
    ['Documents', resources.count],
  ].map(([what, count]) => `<div><dt>${what}</dt><dd>${count}</dd></div>`);
  const choices = FORMATS.map(([format, title]) => {
    const checked = format === 'xls' ? ' checked' : '';
    return `<label><input type="radio" name="format" value="${format}"${checked} /> ${title}</label>`;
  });
  return `
    <h1>Fields of Ilha</h1>
    <p class="lead">
      Who holds which land. The button schedules <code>export.project</code> with a token that is good for this project and an hour;
      the worker reads the records by this application's own API.
    </p>
    <div class="columns">
      <section class="panel" aria-labelledby="facts">
        <h2 id="facts">Records</h2>
        <dl class="facts">${facts.join('')}</dl>
      </section>
      <section class="panel" aria-labelledby="take">
        <h2 id="take">Take them home</h2>
        <form id="export">
          <fieldset><legend>Format</legend>${choices.join('')}</fieldset>
          <button class="main" data-schedules>Export</button>
        </form>
        <ul id="exports" class="rows" aria-label="Exports"></ul>
      </section>
    </div>
    ${tasks}`;
}
