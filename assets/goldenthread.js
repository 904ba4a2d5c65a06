// The pages' own script. Every page works without it.
// The address of GOV.UK Frontend's module is the page's own preload link: its name carries a hash.

document.body.classList.add("js-enabled", "govuk-frontend-supported");

const preload = document.querySelector('link[rel="modulepreload"][data-govuk]');
if (preload) {
  import(preload.href).then(({ initAll }) => initAll());
}

// A word two minutes before the session ends for want of use. Each page and each draft that is saved starts it anew.
const idle = document.querySelector("[data-idle]");
let ends;
function used() {
  if (!idle) return;
  clearTimeout(ends);
  idle.textContent = "";
  ends = setTimeout(
    () => {
      idle.textContent = "You will be signed out in 2 minutes, unless you go on. What you send afterwards is kept.";
    },
    (Number(idle.dataset.idle) - 2) * 60_000,
  );
}
used();

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
        if (answer.ok) used();
        const kept = answer.status === 204 ? "Draft saved" : answer.ok ? await answer.text() : "Draft not saved";
        if (said) said.textContent = kept;
      } catch {
        if (said) said.textContent = "Draft not saved";
      }
    }, QUIET);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
}

// Passkeys: the one thing that no page can do without a script. A form with data-passkey ("create" or "get") holds
// what the browser needs in data-options; its answer goes into the form's one hidden field marked data-answer.
const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

function asked(form) {
  const options = JSON.parse(form.dataset.options);
  options.challenge = bytes(options.challenge);
  if (options.user) options.user.id = bytes(options.user.id);
  for (const key of [...(options.excludeCredentials ?? []), ...(options.allowCredentials ?? [])]) {
    key.id = bytes(key.id);
  }
  return options;
}

function answered(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const said = form.querySelector("[data-passkey-said]");
    try {
      const credential = await navigator.credentials[form.dataset.passkey]({ publicKey: asked(form) });
      form.querySelector("[data-answer]").value = answered(credential);
      form.submit();
    } catch {
      said.textContent = "The passkey was not used. Try again, or use another way.";
    }
  });
}
