const WITHOUT_GIT =
  '<p class="banner">This page needs the program <code>git</code>, which is not on this machine: install it and run <code>npm start</code> anew.</p>';

export function layersBody(hasGit: boolean): string {
  return `
    <h1>Layers</h1>
    <p class="lead">
      Each layer is a git repository on this machine. <code>layers.update</code> fetches one and reads what has changed;
      <code>layers.updateAll</code> takes them in the order of their needs. The log comes piece by piece: each answer has a cursor, and
      the next question asks only for what came since.
    </p>
    ${hasGit ? WITH_GIT : WITHOUT_GIT}`;
}

const WITH_GIT = `
    <div class="columns">
      <section class="panel" aria-labelledby="layers-title">
        <h2 id="layers-title">The layers</h2>
        <p id="making" class="small">Their repositories are being made …</p>
        <ul id="layers" class="rows"></ul>
        <div class="actions">
          <button type="button" id="update-all" class="main" data-schedules>Update all</button>
        </div>
      </section>
      <section class="panel" aria-labelledby="task-title">
        <h2 id="task-title">Log</h2>
        <p id="task-state" class="small" role="status">Update a layer to read along.</p>
        <progress id="task-progress" max="1" value="0" aria-label="Progress" hidden></progress>
        <div id="log" class="log" role="log" aria-label="Log" tabindex="0"></div>
        <div class="actions">
          <button type="button" id="stop" disabled>Stop</button>
        </div>
      </section>
    </div>`;
