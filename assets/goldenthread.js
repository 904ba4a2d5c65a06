// The pages' own script. Every page works without it.
// The address of GOV.UK Frontend's module is the page's own preload link: its name carries a hash.

document.body.classList.add("js-enabled", "govuk-frontend-supported");

const preload = document.querySelector('link[rel="modulepreload"][data-govuk]');
if (preload) {
  import(preload.href).then(({ initAll }) => initAll());
}

// Drafts: a form with data-draft keeps what is typed, a second after typing stops. Passwords, files and the
// form's own token stay out of it. Where it fails (no connection, session over) the form is as it was.
const QUIET = 1000;

function words(form) {
  const data = new FormData(form);
  for (const field of form.querySelectorAll('input[type="password"], input[type="file"]')) {
    data.delete(field.name);
  }
  return data;
}

for (const form of document.querySelectorAll("form[data-draft]")) {
  const said = form.querySelector("[data-draft-said]");
  let timer;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      try {
        const answer = await fetch(form.dataset.draft, {
          method: "POST",
          body: words(form),
          credentials: "same-origin",
          redirect: "manual",
        });
        const kept = answer.status === 204 ? "Draft saved" : answer.ok ? await answer.text() : "Draft not saved";
        if (said) said.textContent = kept;
      } catch {
        if (said) said.textContent = "Draft not saved";
      }
    }, QUIET);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
}
