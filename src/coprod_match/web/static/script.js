// Small comforts. Every page works without this file, and it remembers nothing.
const said = document.querySelector("[data-status]");

for (const link of document.querySelectorAll("[data-copy]")) {
  link.addEventListener("click", async (event) => {
    event.preventDefault();
    try {
      const answer = await fetch(link.href);
      if (!answer.ok) throw new Error(answer.statusText);
      await navigator.clipboard.writeText(await answer.text());
      said.textContent = "Copied. You can paste it now.";
    } catch {
      location.href = link.href; // shows the text, to be copied by hand
    }
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.parentElement.querySelector("[data-by-hand]").hidden = true;
  button.addEventListener("click", () => print());
}
