(() => {
  const tools = document.getElementById("alat"), list = document.getElementById("daftar");
  if (!tools || !list) return;
  const search = document.getElementById("cari"), order = document.getElementById("urut"), told = document.getElementById("banyak");
  const fold = text => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const rows = [...list.children].map(item => ({ item, text: fold(item.dataset.code + " " + item.textContent), ...item.dataset }));
  const language = document.documentElement.lang, by = new Intl.Collator(language, { numeric: true, sensitivity: "base" }).compare;
  const number = new Intl.NumberFormat(language);
  const orders = {
    name: (a, b) => by(a.name, b.name),
    code: (a, b) => by(a.code, b.code),
    made: (a, b) => by(b.made, a.made),
    answer: (a, b) => (a.answer ? 0 : 1) - (b.answer ? 0 : 1) || by(a.answer, b.answer),
    state: (a, b) => by(b.failed, a.failed)
  };
  const sort = () => list.append(...rows.sort((a, b) => orders[order.value](a, b) || by(a.name, b.name)).map(row => row.item));
  const show = () => {
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const fits = words.every(word => row.text.includes(word));
      row.item.hidden = !fits;
      shown += fits;
    }
    told.textContent = told.dataset.text.replace("{n}", number.format(shown)).replace("{total}", number.format(rows.length));
  };
  search.addEventListener("input", show);
  order.addEventListener("change", sort);
  tools.hidden = false;
  if (search.value) show();
})();
