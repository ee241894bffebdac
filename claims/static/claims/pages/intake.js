/* Files dropped on the page, or chosen: each is sent separately, and its line in the inbox shows the result. */

const form = document.querySelector("form[data-files]");

if (form) {
  const input = form.querySelector("input[type=file]");
  const list = document.querySelector("#inbox");

  const send = async (file) => {
    const line = document.createElement("li");
    line.className = "brought";
    const name = document.createElement("bdi");
    name.className = "brought__name";
    name.textContent = file.name;
    const progress = document.createElement("progress");
    progress.setAttribute("aria-label", file.name);
    line.append(name, " ", progress);
    list.append(line);
    const data = new FormData();
    data.append("files", file);
    data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    try {
      const answer = await fetch(form.action, { method: "POST", body: data, headers: { "HX-Request": "true" } });
      if (!answer.ok) throw new Error(answer.statusText);
      const held = document.createElement("template");
      held.innerHTML = await answer.text();
      const lines = [...held.content.children];
      // The same article again is the line that is there.
      for (const each of lines) if (each.id) document.getElementById(each.id)?.remove();
      line.replaceWith(...lines);
      for (const each of lines) window.htmx.process(each);
    } catch {
      progress.replaceWith(list.dataset.failed, " ", discardButton(file.name));
      line.classList.add("problem");
    }
  };

  /* A line of what was refused lies on this page alone, and goes with a press. */
  const discardButton = (name) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--quiet";
    button.dataset.discard = "";
    button.textContent = list.dataset.discardLabel;
    const whose = document.createElement("bdi");
    whose.className = "visually-hidden";
    whose.textContent = ` ${name}`;
    button.append(whose);
    return button;
  };
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-discard]");
    if (!button) return;
    const line = button.closest("li");
    const next = (line.nextElementSibling ?? line.previousElementSibling)?.querySelector("a, button") ?? input;
    line.remove();
    next.focus();
  });

  /* One after the other: each is read on the server, and the first ones can be looked at meanwhile. */
  let queue = Promise.resolve();
  const take = (files) => {
    for (const file of files) queue = queue.then(() => send(file));
  };

  form.querySelector("button").hidden = true;
  input.addEventListener("change", () => {
    take(input.files);
    input.value = "";
  });
  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.classList.add("drop--over");
  });
  form.addEventListener("dragleave", () => form.classList.remove("drop--over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("drop--over");
    take(event.dataTransfer.files);
  });
}
