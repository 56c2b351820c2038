export function galleryBody(): string {
  return `
    <h1>Gallery</h1>
    <p class="lead">
      Photos go into the stage's bucket. <code>thumbnails.gallery</code> looks what is new and what is gone, and has the rest done, one photo of
      a gallery at a time; this page shows each thumbnail as soon as it is there.
    </p>
    <section class="panel" aria-labelledby="add">
      <h2 id="add">Put photos in</h2>
      <div class="actions">
        <button type="button" id="samples" class="main" data-schedules>Add sample photos</button>
        <form id="upload" class="actions">
          <label for="files">or your own (20 MB at most)</label>
          <input type="file" id="files" accept="image/jpeg,image/png,image/webp,image/avif,image/gif,image/tiff" multiple required />
          <button data-schedules>Upload</button>
        </form>
      </div>
    </section>
    <section class="photos-section" aria-labelledby="photos-title">
      <h2 id="photos-title">Photos</h2>
      <p id="none" class="small">None yet.</p>
      <ul id="photos" class="photos"></ul>
    </section>`;
}
