# The dashboard for servers: docs/install.md, "In containers".
ARG BASE=debian:trixie-slim

FROM ${BASE} AS build
RUN apt-get update && apt-get install --yes --no-install-recommends ca-certificates python3 python3-venv
WORKDIR /build
# The packages come without pip, which stays in this stage.
RUN python3 -m venv tools && python3 -m venv --without-pip /opt/dashboard
ENV PIP="/build/tools/bin/pip --disable-pip-version-check --no-cache-dir --python /opt/dashboard/bin/python"
COPY requirements.lock ./
RUN sed '/for tests alone/,$d' requirements.lock > run.lock \
    && $PIP install --require-hashes --only-binary :all: --requirement run.lock
COPY pyproject.toml setup.py README.md LICENSE app.py room.py ./
COPY .streamlit/config.toml .streamlit/config.toml
COPY src src
# What `dashboard --version` says besides the number: --build-arg COMMIT=$(git rev-parse HEAD).
ARG COMMIT=
RUN if [ -n "$COMMIT" ]; then echo "$COMMIT" > src/dashboard/commit.txt; fi
COPY pages pages
COPY frameworks frameworks
COPY data data
RUN $PIP install --no-deps --no-build-isolation . && $PIP uninstall --yes setuptools
# Where `dashboard publish frameworks /my-data` finds the standards.
RUN ln --symbolic /opt/dashboard/lib/python3*/site-packages/dashboard/shipped /srv/dashboard

FROM ${BASE}
RUN apt-get update && apt-get install --yes --no-install-recommends python3 && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --home-dir /tmp --no-create-home dashboard && install --directory --owner dashboard /store
COPY --from=build /opt/dashboard /opt/dashboard
COPY --from=build /srv/dashboard /srv/dashboard
ENV PATH=/opt/dashboard/bin:$PATH DASHBOARD_STORE=/store/current PYTHONDONTWRITEBYTECODE=1
USER 10001
WORKDIR /srv/dashboard
VOLUME /store
EXPOSE 8501
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8501/_stcore/health', timeout=4)"]
CMD ["dashboard", "serve", "--port", "8501"]
