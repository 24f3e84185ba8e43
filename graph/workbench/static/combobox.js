// Suggests names in the fields that ask for them: the combobox of the ARIA Authoring Practices (1.2), with a list.
// Without this script the fields are plain ones.

const DELAY = 90; // milliseconds after the last key

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

class Combobox {
  constructor(input) {
    this.input = input;
    this.list = element("ul", { role: "listbox", id: `${input.id}-list`, class: "suggestions", "aria-label": "Suggestions", hidden: "" });
    this.found = [];
    this.at = -1;
    this.asked = 0;
    const holder = input.closest(".field") ?? input.parentElement;
    holder.append(this.list);
    this.said = element("span", { class: "unseen", role: "status" });
    holder.append(this.said);
    const roles = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    for (const [key, value] of Object.entries(roles)) input.setAttribute(key, value);
    input.addEventListener("input", () => this.wait());
    input.addEventListener("keydown", (event) => this.press(event));
    input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    this.list.addEventListener("click", (event) => this.click(event));
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), DELAY);
  }

  async ask() {
    const asked = ++this.asked;
    const text = this.input.value.trim();
    if (!text) return this.close();
    const day = new URLSearchParams(location.search).get("as_of") ?? "";
    const query = new URLSearchParams({ q: text, for: this.input.dataset.complete, ...(day && { as_of: day }) });
    try {
      const answer = await fetch(`/complete?${query}`);
      const found = answer.ok ? await answer.json() : [];
      if (asked === this.asked && document.activeElement === this.input) this.show(found);
    } catch {
      this.close(); // the server has ended; the form says so when it is sent
    }
  }

  show(found) {
    this.found = found;
    this.at = -1;
    this.list.replaceChildren(...found.map((one, place) => this.draw(one, place)));
    this.list.hidden = !found.length;
    this.input.setAttribute("aria-expanded", String(found.length > 0));
    this.input.removeAttribute("aria-activedescendant");
    this.said.textContent = found.length ? `${found.length} suggestions` : "no suggestions";
  }

  draw({ name, about }, place) {
    const label = element("bdi", {}, name);
    return element("li", { role: "option", id: `${this.list.id}-${place}`, "aria-selected": "false" }, label, " ", element("small", {}, about));
  }

  close() {
    clearTimeout(this.timer);
    this.asked++;
    this.list.hidden = true;
    this.at = -1;
    this.said.textContent = "";
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  press(event) {
    const open = !this.list.hidden;
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves) {
      event.preventDefault();
      if (open) this.move(moves[event.key]);
      else this.ask();
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      this.close();
    } else if (event.key === "Enter" && open && this.at >= 0) {
      event.preventDefault();
      this.choose(this.found[this.at]);
    }
  }

  move(step) {
    const options = [...this.list.children];
    this.at = (this.at + step + options.length + (this.at < 0 && step < 0 ? 1 : 0)) % options.length;
    options.forEach((option, place) => option.setAttribute("aria-selected", String(place === this.at)));
    options[this.at].scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", options[this.at].id);
  }

  click(event) {
    const option = event.target.closest("[role=option]");
    if (option) this.choose(this.found[[...this.list.children].indexOf(option)]);
  }

  choose({ value, address }) {
    this.close();
    if ("follow" in this.input.dataset) location.assign(address);
    else this.input.value = value;
  }
}

for (const input of document.querySelectorAll("input[data-complete]")) new Combobox(input);
