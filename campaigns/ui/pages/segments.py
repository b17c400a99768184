import streamlit as st

st.write("segments")
