// Draws the charts of a report from their JSON, and serves the theme switch, legends, CSV and navigation.
// Options are data: names that begin with '@' stand for colours of the style sheet and for the functions below.
(() => {
  "use strict";

  const root = document.documentElement;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const dark = window.matchMedia("(prefers-color-scheme: dark)");

  // ---- numbers, written as ReportNumber writes them ----

  const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";
  const raised = n => (n < 0 ? "⁻" : "") + [...String(Math.abs(n))].map(d => superscripts[d]).join("");
  const grouped = text => {
    const [whole, rest] = text.split(".");
    const spaced = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, "\u202f") : whole;
    return rest === undefined ? spaced : spaced + "." + rest;
  };

  function number(value, digits = 3) {
    if (value === null || value === undefined || Number.isNaN(value)) return "–";
    if (typeof value !== "number") return String(value);
    const size = Math.abs(value);
    const sign = value < 0 ? "−" : "";
    if (size === 0) return "0";
    if (size >= 1e6 || size < 1e-3) {
      const [lead, exponent] = size.toExponential(digits - 1).split("e");
      return sign + Number(lead) + "×10" + raised(Number(exponent));
    }
    const whole = Math.floor(Math.log10(size)) + 1;
    return sign + grouped(String(Number(size.toPrecision(Math.max(digits, whole)))));
  }

  const percent = (value, digits = 3) => number(typeof value === "number" ? 100 * value : value, digits) + " %";

  function power(value) {
    const exponent = Math.log10(value);
    if (Math.abs(exponent - Math.round(exponent)) > 1e-9) return number(value);
    return exponent >= -2 && exponent <= 4 ? number(value) : "10" + raised(Math.round(exponent));
  }

  const written = (value, axis, digits) => axis.form === "percent" && typeof value === "number" ? percent(value, digits) : number(value, digits);

  // ---- colours ----

  const probe = document.createElement("span");
  probe.hidden = true;
  document.body.append(probe);

  function color(name) {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  }

  // ---- drawing functions that options name ----

  function band(params, api) {
    // One polygon for each unbroken stretch, drawn with the first item that belongs to it.
    const total = params.dataInsideLength;
    const at = params.dataIndexInside;
    const has = i => i >= 0 && i < total && Number.isFinite(api.value(2, i)) && Number.isFinite(api.value(3, i));
    if (!has(at) || has(at - 1)) return null;
    const upper = [];
    const lower = [];
    for (let i = at; has(i); i++) {
      upper.push(api.coord([api.value(0, i), api.value(3, i)]));
      lower.push(api.coord([api.value(0, i), api.value(2, i)]));
    }
    return { type: "polygon", shape: { points: upper.concat(lower.reverse()) }, style: { fill: api.visual("color"), opacity: 0.16 }, silent: true };
  }

  function whisker(index, count, direction) {
    return (params, api) => {
      const low = api.value(2);
      const high = api.value(3);
      if (!Number.isFinite(low) || !Number.isFinite(high)) return null;
      const across = direction === "h";
      const place = api.value(0);
      const from = api.coord(across ? [low, place] : [place, low]);
      const to = api.coord(across ? [high, place] : [place, high]);
      const layout = api.barLayout({ barMaxWidth: 48, barGap: "12%", barCategoryGap: "36%", count })[index];
      const shift = layout.offsetCenter;
      const cap = Math.min(6, layout.width / 3);
      const line = (x1, y1, x2, y2) => ({ type: "line", shape: { x1, y1, x2, y2 }, style: { stroke: api.visual("color"), lineWidth: 1.5 } });
      return {
        type: "group",
        silent: true,
        children: across
          ? [line(from[0], from[1] + shift, to[0], to[1] + shift),
            line(from[0], from[1] + shift - cap, from[0], from[1] + shift + cap), line(to[0], to[1] + shift - cap, to[0], to[1] + shift + cap)]
          : [line(from[0] + shift, from[1], to[0] + shift, to[1]),
            line(from[0] + shift - cap, from[1], from[0] + shift + cap, from[1]), line(to[0] + shift - cap, to[1], to[0] + shift + cap, to[1])],
      };
    };
  }

  function bin(index, count) {
    return (params, api) => {
      const value = api.value(2);
      if (!Number.isFinite(value) || value === 0) return null;
      const top = api.coord([api.value(0), value]);
      const end = api.coord([api.value(1), value]);
      const bottom = params.coordSys.y + params.coordSys.height;
      return {
        type: "rect",
        shape: { x: top[0] + 0.5, y: top[1], width: Math.max(1, end[0] - top[0] - 1), height: bottom - top[1] },
        style: { fill: api.visual("color"), opacity: count > 1 ? 0.5 : 0.85, stroke: api.visual("color"), lineWidth: 1 },
      };
    };
  }

  // ---- the tooltip, built from elements so that no text becomes markup ----

  // The row of a line nearest to a place: thinned lines need not share their places.
  function nearest(source, x) {
    let low = 0;
    let high = source.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (source[middle][0] <= x) low = middle;
      else high = middle;
    }
    return Math.abs(source[low][0] - x) <= Math.abs(source[high][0] - x) ? source[low] : source[high];
  }

  function lineRows(items, { option }, hidden) {
    const x = items[0].value[0];
    return option.series.filter(s => s.type === "line" && s.encode && !hidden.has(s.name)).flatMap(series => {
      const source = option.dataset[series.datasetIndex].source;
      if (source.length === 0) return [];
      const row = nearest(source, x);
      const span = Math.abs(source[source.length - 1][0] - source[0][0]);
      const known = items.find(item => item.seriesName === series.name);
      const swatch = known ? known.color : color(series.color.slice(1));
      return Math.abs(row[0] - x) > span / 200 ? [] : [{ seriesName: series.name, color: swatch, value: row, isNear: row[0] !== x }];
    });
  }

  function tooltip(payload, hidden) {
    const row = (swatch, name, text) => {
      const line = document.createElement("div");
      line.className = "tip-row";
      const mark = document.createElement("span");
      mark.className = "tip-mark";
      mark.style.backgroundColor = swatch;
      const label = document.createElement("span");
      label.className = "tip-name";
      label.textContent = name;
      const value = document.createElement("span");
      value.className = "tip-value";
      value.textContent = text;
      line.append(mark, label, value);
      return line;
    };
    const head = text => {
      const line = document.createElement("div");
      line.className = "tip-head";
      line.textContent = text;
      return line;
    };
    return params => {
      const isAxis = Array.isArray(params);
      const items = (isAxis ? params : [params]).filter(p => !/^(band|whisker|sign)-/.test(p.seriesId) && Array.isArray(p.value));
      const box = document.createElement("div");
      if (items.length === 0) return box;
      if (isAxis) {
        const across = items[0].axisDim === "y";
        const [base, other] = across ? [payload.y, payload.x] : [payload.x, payload.y];
        box.append(head(`${base.label}: ${written(items[0].value[0], base, 9)}`));
        const isLine = items[0].seriesType === "line";
        const rows = isLine ? lineRows(items, payload, hidden) : items;
        for (const item of rows.slice(0, 14)) {
          const [place, value, low, high] = item.value;
          const range = Number.isFinite(low) && Number.isFinite(high) ? ` (${written(low, other, 4)} to ${written(high, other, 4)})` : "";
          box.append(row(item.color, item.seriesName, written(value, other, 6) + range + (item.isNear ? ` at ${written(place, base, 9)}` : "")));
        }
        if (rows.length > 14) box.append(row("transparent", `and ${rows.length - 14} more`, ""));
        return box;
      }
      const item = items[0];
      box.append(head(item.seriesName));
      item.dimensionNames.forEach((name, i) => {
        if (i >= item.value.length) return;
        const axis = item.seriesType === "heatmap" || i > 1 ? { form: "plain" } : i === 0 ? payload.x : payload.y;
        box.append(row(i === 0 ? item.color : "transparent", name, written(item.value[i], axis, 6)));
      });
      return box;
    };
  }

  // ---- options ----

  function named(name, payload, hidden) {
    const [kind, ...rest] = name.slice(1).split(":");
    switch (kind) {
      case "number": return value => number(value);
      case "percent": return value => percent(value);
      case "power": return power;
      case "tooltip": return tooltip(payload, hidden);
      case "band": return band;
      case "whisker": return whisker(Number(rest[0]), Number(rest[1]), rest[2]);
      case "bin": return bin(Number(rest[0]), Number(rest[1]));
      default: return undefined;
    }
  }

  // Only these keys hold names; a series that somebody calls "@number" keeps its name.
  const isName = value => typeof value === "string" && value.startsWith("@");
  const isColorKey = key => key === "color" || key.endsWith("Color");
  const isFunctionKey = key => key === "formatter" || key === "renderItem";

  function resolve(node, payload, hidden) {
    if (Array.isArray(node)) return node.map(item => resolve(item, payload, hidden));
    if (node === null || typeof node !== "object") return node;
    const result = {};
    for (const [key, value] of Object.entries(node)) {
      if (key === "dataset") result[key] = value;
      else if (isColorKey(key) && isName(value)) result[key] = color(value.slice(1));
      else if (isColorKey(key) && Array.isArray(value)) result[key] = value.map(v => isName(v) ? color(v.slice(1)) : v);
      else if (isFunctionKey(key) && isName(value)) result[key] = named(value, payload, hidden);
      else result[key] = resolve(value, payload, hidden);
    }
    return result;
  }

  function dressed(option, payload, hidden) {
    const ink = color("ink-soft");
    const rule = color("rule");
    const font = getComputedStyle(document.body).fontFamily;
    const axis = base => ({
      ...base,
      axisLine: { show: base.type === "category", lineStyle: { color: rule } },
      axisTick: { show: false, ...base.axisTick },
      splitLine: { show: base.type !== "category", lineStyle: { color: rule } },
      minorSplitLine: { show: false },
      axisLabel: { color: ink, fontSize: 12, fontFamily: font, ...base.axisLabel },
    });
    const result = resolve(option, payload, hidden);
    return {
      ...result,
      animation: !calm.matches,
      animationDuration: 350,
      textStyle: { fontFamily: font, color: ink },
      xAxis: axis(result.xAxis),
      yAxis: axis(result.yAxis),
      ...(result.visualMap ? { visualMap: { ...result.visualMap, textStyle: { color: ink, fontSize: 12 } } } : {}),
      tooltip: {
        ...result.tooltip,
        backgroundColor: color("card"),
        borderColor: color("rule-strong"),
        borderWidth: 1,
        padding: [8, 12],
        textStyle: { color: color("ink"), fontSize: 13, fontFamily: font },
        transitionDuration: 0,
        axisPointer: { ...result.tooltip.axisPointer, lineStyle: { color: color("rule-strong") }, shadowStyle: { color: color("shade") } },
      },
    };
  }

  // ---- charts ----

  const charts = [...document.querySelectorAll("script[data-for]")].map(script => ({
    element: document.getElementById(script.dataset.for),
    payload: JSON.parse(script.textContent),
    hidden: new Set(),
    chart: null,
  }));

  function draw(entry) {
    entry.chart?.dispose();
    entry.chart = echarts.init(entry.element, null, { renderer: "canvas" });
    entry.chart.setOption({
      ...dressed(entry.payload.option, entry.payload, entry.hidden),
      legend: { ...entry.payload.option.legend, selected: Object.fromEntries([...entry.hidden].map(name => [name, false])) },
    });
  }

  function drawAll() {
    for (const entry of charts) draw(entry);
  }

  const resized = new ResizeObserver(changes => {
    for (const change of changes) charts.find(entry => entry.element === change.target)?.chart?.resize({ animation: { duration: 0 } });
  });

  for (const entry of charts) {
    entry.element.replaceChildren();
    draw(entry);
    resized.observe(entry.element);
  }

  // ---- legends ----

  for (const button of document.querySelectorAll(".legend button")) {
    button.addEventListener("click", () => {
      const isShown = button.getAttribute("aria-pressed") === "true";
      button.setAttribute("aria-pressed", String(!isShown));
      const figure = button.closest("figure");
      for (const entry of charts.filter(e => figure.contains(e.element))) {
        if (isShown) entry.hidden.add(button.dataset.series);
        else entry.hidden.delete(button.dataset.series);
        entry.chart.dispatchAction({ type: isShown ? "legendUnSelect" : "legendSelect", name: button.dataset.series });
      }
    });
  }

  // ---- CSV ----

  const quoted = value => {
    if (value === null || value === undefined) return "";
    const text = String(value);
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };

  function csv(figure) {
    const lines = [];
    let heading = "";
    for (const { payload } of charts.filter(entry => figure.contains(entry.element))) {
      for (const set of payload.option.dataset) {
        const columns = ["panel", "series", ...set.dimensions].map(quoted).join(",");
        if (columns !== heading) lines.push(...(heading ? [""] : []), heading = columns);
        for (const row of set.source) lines.push([payload.title, set.name, ...row].map(quoted).join(","));
      }
    }
    return lines.join("\r\n") + "\r\n";
  }

  for (const button of document.querySelectorAll("button.csv")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([csv(button.closest("figure"))], { type: "text/csv" }));
      link.download = button.dataset.file;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    });
  }

  // ---- theme ----

  const themeButton = document.getElementById("theme");
  const isDark = () => root.dataset.theme ? root.dataset.theme === "dark" : dark.matches;

  function label() {
    themeButton.textContent = isDark() ? "Light" : "Dark";
    themeButton.setAttribute("aria-label", isDark() ? "Switch to the light theme" : "Switch to the dark theme");
  }

  function remember(theme) {
    try {
      if (theme) localStorage.setItem("kelvin-theme", theme);
      return localStorage.getItem("kelvin-theme");
    } catch {
      return null; // storage is refused to some files; the switch works all the same
    }
  }

  themeButton.hidden = false;
  themeButton.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    remember(root.dataset.theme);
    label();
    drawAll();
  });
  dark.addEventListener("change", () => { label(); drawAll(); });
  const remembered = remember();
  if (remembered === "light" || remembered === "dark") {
    root.dataset.theme = remembered;
    drawAll();
  }
  label();

  // ---- print: always light, and as wide as the paper ----

  let themeBefore;
  window.addEventListener("beforeprint", () => {
    themeBefore = root.dataset.theme;
    root.dataset.theme = "light";
    document.body.classList.add("printing");
    drawAll();
  });
  window.addEventListener("afterprint", () => {
    if (themeBefore) root.dataset.theme = themeBefore;
    else delete root.dataset.theme;
    document.body.classList.remove("printing");
    drawAll();
  });

  // ---- navigation: marks the section in view ----

  const links = new Map([...document.querySelectorAll("nav.contents a")].map(a => [a.hash.slice(1), a]));
  const seen = new Set();
  const watcher = new IntersectionObserver(entries => {
    for (const entry of entries) entry.isIntersecting ? seen.add(entry.target.id) : seen.delete(entry.target.id);
    const current = [...links.keys()].find(id => seen.has(id));
    for (const [id, link] of links) {
      if (id === current) {
        link.setAttribute("aria-current", "true");
        const list = link.closest("ol");
        if (list.scrollWidth > list.clientWidth) list.scrollTo({ left: link.offsetLeft - 60 });
      } else link.removeAttribute("aria-current");
    }
  }, { rootMargin: "-80px 0px -55% 0px" });
  for (const id of links.keys()) {
    const section = document.getElementById(id);
    if (section) watcher.observe(section);
  }
})();
