(* All matrices of a class at once: the claims by a lemma, and the lemma farkas of FORMAT.md. *)
From Exactdyn Require Export Families RulesSound.
Import ListNotations.
Open Scope Q_scope.

Lemma admits_semi negative strict part s : admits (Signed negative strict part) s -> forall x, 0 <= sign negative * form s x x.
Proof.
  intros [_ H] x. destruct strict; [|apply H].
  destruct (same_dec s x (fun _ => 0)) as [E|E]; [rewrite (form_zero s x x E); lra|apply Qlt_le_weak, H, E].
Qed.

(* claims by a lemma *)
Definition by_lemma (e : everywhere) (c : class) : bool :=
  match e, c with
  | AllNorm, Signed false true false => true | AllNorm, _ => false
  | AllApart, Signed false _ _ => true | AllApart, _ => false
  | AllConverge, Signed true true _ => true | AllConverge, _ => false
  | _, _ => true
  end.
Definition step_allows (e : everywhere) (alpha tau : Q) : bool :=
  match e with AllNorm => Qle_bool 0 tau | AllConverge => Qlt_bool 0 alpha | _ => Qle_bool 0 alpha end.
Lemma tau_positive s : 0 < alpha s -> 0 < tau s.
Proof. intros H. unfold tau. apply Qlt_shift_div_l; lra. Qed.
Theorem by_lemma_ok e c s t : by_lemma e c = true -> t == tau s -> step_allows e (alpha s) t = true -> admits c s -> statement e s None.
Proof.
  intros H Et Ha Hc.
  assert (HT : 0 <= alpha s -> 0 <= tau s /\ tau s < 1).
  { intros H0. split; unfold tau; [apply Qle_shift_div_l|apply Qlt_shift_div_r]; lra. }
  destruct e; cbn [by_lemma step_allows statement] in *;
    try (apply Qle_bool_iff in Ha; try (apply HT in Ha; destruct Ha as [T0 T1])).
  - intros k _ x. apply (convex_step s (run s k)); lra.
  - destruct c as [| |[|] [|] [|]]; try discriminate. destruct Hc as [Hs Hd].
    apply norm_growth_lemma; [exact (Hs eq_refl)| |lra].
    intros x Hx. specialize (Hd x Hx). unfold sign in Hd. lra.
  - apply leaders_persist_lemma; assumption.
  - destruct c as [| |[|] strict part]; try discriminate. apply no_collision; [assumption..|].
    intros x. pose proof (admits_semi _ _ _ s Hc x) as K. unfold sign in K. lra.
  - apply leaders_extreme_lemma; lra.
  - destruct c as [| |[|] [|] part]; try discriminate. apply Qlt_bool_ok in Ha. destruct (HT ltac:(lra)) as [_ T1].
    destruct Hc as [_ Hd]. apply consensus_lemma; [apply tau_positive, Ha|assumption|].
    intros x Hx. specialize (Hd x Hx). unfold sign in Hd. lra.
Qed.
(* families without tokens and alpha: every dimension, all tokens, all alpha > 0 *)
Theorem everywhere_by_lemma e c : by_lemma e c = true -> forall s, 0 < alpha s -> admits c s -> statement e s None.
Proof.
  intros H s Ha. apply (by_lemma_ok e c s (tau s) H (Qeq_refl _)). pose proof (tau_positive s Ha).
  destruct e; cbn [step_allows]; try (apply Qle_bool_iff; lra). apply Qlt_bool_ok, Ha.
Qed.

(* the member as a system whose entries are a function *)
Definition loose (f : family) (x : nat -> Q) : system :=
  System (length (f_base f)) (length (f_tokens f)) (member_entry f x) (f_alpha f) (entry (f_tokens f)).

(* <Bx, y> for a matrix given as a list *)
Definition total (d : nat) (B : list (list Q)) (x y : vector) : Q := reduced_sum d (fun r => reduced_dot d (entry B r) x * y r).
Lemma member_form f x u v : form (loose f x) u v ==
  total (length (f_base f)) (f_base f) u v + sum (length (f_span f)) (fun p => x p * total (length (f_base f)) (nth p (f_span f) []) u v).
Proof.
  set (d := length (f_base f)).
  assert (T : forall B, total d B u v == sum d (fun r => sum d (fun t => entry B r t * u t * v r))).
  { intros B. unfold total. rewrite reduced_sum_ok. apply sum_ext. intros r _. unfold reduced_dot. rewrite reduced_sum_ok, <- sum_scal_r. reflexivity. }
  rewrite form_double. cbn [dim A loose]. fold d. rewrite T.
  rewrite (sum_ext (length (f_span f)) _ (fun p => sum d (fun r => sum d (fun t => x p * (entry (nth p (f_span f) []) r t * u t * v r))))).
  2:{ intros p _. rewrite T, <- sum_scal. apply sum_ext. intros r _. rewrite <- sum_scal. reflexivity. }
  rewrite (sum_swap (length (f_span f)) d), <- sum_plus. apply sum_ext. intros r _.
  rewrite (sum_swap (length (f_span f)) d), <- sum_plus. apply sum_ext. intros t _.
  rewrite (sum_ext (length (f_span f)) (fun p => x p * (entry (nth p (f_span f) []) r t * u t * v r)) (fun p => x p * entry (nth p (f_span f) []) r t * (u t * v r))) by (intros; ring).
  rewrite sum_scal_r. unfold member_entry. rewrite Qred_correct. ring.
Qed.

(* a term (w, u, v) stands for w <Au, v>; an assumption says that the sum of some terms is > 0, >= 0 or = 0 *)
Definition term := (Q * (vector * vector))%type.
Definition value (s : system) (ts : list term) : Q := fold_right (fun t acc => fst t * form s (fst (snd t)) (snd (snd t)) + acc) 0 ts.
Definition total_of (d : nat) (B : list (list Q)) (ts : list term) : Q :=
  fold_right (fun t acc => Qred (fst t * total d B (fst (snd t)) (snd (snd t)) + acc)) 0 ts.
Lemma total_of_cons d B t ts : total_of d B (t :: ts) == fst t * total d B (fst (snd t)) (snd (snd t)) + total_of d B ts.
Proof. unfold total_of. cbn [fold_right]. apply Qred_correct. Qed.
Lemma member_value f x ts : value (loose f x) ts ==
  total_of (length (f_base f)) (f_base f) ts + sum (length (f_span f)) (fun p => x p * total_of (length (f_base f)) (nth p (f_span f) []) ts).
Proof.
  induction ts as [|t ts IH].
  - simpl. rewrite sum_0; [reflexivity|]. intros; ring.
  - cbn [value fold_right] in *. fold (value (loose f x) ts). rewrite IH, member_form, total_of_cons.
    rewrite (sum_ext (length (f_span f)) (fun p => x p * total_of (length (f_base f)) (nth p (f_span f) []) (t :: ts))
      (fun p => fst t * (x p * total (length (f_base f)) (nth p (f_span f) []) (fst (snd t)) (snd (snd t))) + x p * total_of (length (f_base f)) (nth p (f_span f) []) ts)).
    + rewrite sum_plus, sum_scal. ring.
    + intros p _. rewrite total_of_cons. ring.
Qed.

Inductive relation := Positive | NotNegative | Zero.
Definition holds_of (s : system) (r : relation) (ts : list term) : Prop :=
  match r with Positive => 0 < value s ts | NotNegative => 0 <= value s ts | Zero => value s ts == 0 end.
Definition is_signed c := match c with Signed _ _ _ => true | _ => false end.
Definition is_strict c := match c with Signed _ strict _ => strict | _ => false end.
Definition sign_of c := match c with Signed negative _ _ => sign negative | _ => 1 end.
Lemma admits_cut c s x : is_signed c = true -> admits c s -> 0 <= sign_of c * form s x x.
Proof. destruct c; try discriminate. intros _ H. apply (admits_semi _ _ _ s H). Qed.
Lemma admits_strict c s x : is_strict c = true -> admits c s -> ~ same s x (fun _ => 0) -> 0 < sign_of c * form s x x.
Proof. destruct c as [| |negative strict part]; try discriminate. intros E [_ H]. cbn in E. subst. apply H. Qed.

(* weights on assumptions, and cuts w <Av, v> in the definite classes *)
Definition cut_term (c : class) (q : Q * vector) : term := (Qred (sign_of c * fst q), (snd q, snd q)).
Definition weighted := list (Q * (relation * list term)).
Definition scale (w : Q) (ts : list term) : list term := map (fun t => (Qred (w * fst t), snd t)) ts.
Definition all_terms (c : class) (ws : weighted) (cuts : list (Q * vector)) : list term :=
  flat_map (fun q => scale (fst q) (snd (snd q))) ws ++ map (cut_term c) cuts.
Definition contradiction (f : family) (ws : weighted) (cuts : list (Q * vector)) : bool :=
  let d := length (f_base f) in let ts := all_terms (f_class f) ws cuts in
  forallb (fun q : Q * (relation * list term) => match fst (snd q) with Zero => true | _ => Qle_bool 0 (fst q) end) ws &&
  forallb (fun q : Q * vector => is_signed (f_class f) && Qle_bool 0 (fst q)) cuts &&
  forallb (fun B => Qeq_bool (total_of d B ts) 0) (f_span f) &&
  (Qlt_bool (total_of d (f_base f) ts) 0 ||
   (Qeq_bool (total_of d (f_base f) ts) 0 &&
    (existsb (fun q : Q * (relation * list term) => match fst (snd q) with Positive => Qlt_bool 0 (fst q) | _ => false end) ws ||
     existsb (fun q : Q * vector => is_strict (f_class f) && Qlt_bool 0 (fst q) && negb (same_b d (snd q) (fun _ => 0))) cuts))).

Lemma value_app s a b : value s (a ++ b) == value s a + value s b.
Proof. induction a; simpl; [ring|]. rewrite IHa. ring. Qed.
Lemma value_scale s w ts : value s (scale w ts) == w * value s ts.
Proof.
  induction ts as [|t ts IH]; [simpl; ring|]. unfold scale, value. cbn [map fold_right fst snd].
  fold (scale w ts). fold (value s (scale w ts)). fold (value s ts). rewrite IH, Qred_correct. ring.
Qed.

(* FORMAT.md, lemma farkas *)
Theorem farkas_sound f ws cuts x : contradiction f ws cuts = true -> admits (f_class f) (loose f x) ->
  (forall q, In q ws -> holds_of (loose f x) (fst (snd q)) (snd (snd q))) -> False.
Proof.
  intros H Had Hall. unfold contradiction in H. cbv zeta in H. set (ts := all_terms (f_class f) ws cuts) in *. set (d := length (f_base f)) in *.
  apply andb_true_iff in H. destruct H as [H Hend]. apply andb_true_iff in H. destruct H as [H Hspan].
  apply andb_true_iff in H. destruct H as [Hw Hc]. rewrite forallb_forall in Hw, Hc, Hspan.
  set (m := loose f x) in *.
  assert (Hval : value m ts == total_of d (f_base f) ts).
  { unfold m. rewrite member_value. fold d. rewrite (sum_0 (length (f_span f))); [ring|]. intros p Hp.
    specialize (Hspan (nth p (f_span f) []) (nth_In _ _ Hp)). apply Qeq_bool_iff in Hspan. rewrite Hspan. ring. }
  assert (Hwv : forall q, In q ws -> 0 <= fst q * value m (snd (snd q)) /\ (match fst (snd q) with Positive => 0 < fst q -> 0 < fst q * value m (snd (snd q)) | _ => True end)).
  { intros q Hq. specialize (Hw q Hq). specialize (Hall q Hq). unfold holds_of in Hall. destruct (fst (snd q)).
    - apply Qle_bool_iff in Hw. split; [apply Qmult_le_0_compat; lra|]. intros Hp. apply Qmult_lt_0_compat; assumption.
    - apply Qle_bool_iff in Hw. split; [apply Qmult_le_0_compat; assumption|exact I].
    - rewrite Hall. split; [lra|exact I]. }
  assert (Hcut : forall q : Q * vector, Qred (sign_of (f_class f) * fst q) * form m (snd q) (snd q) == fst q * (sign_of (f_class f) * form m (snd q) (snd q))).
  { intros q. rewrite Qred_correct. ring. }
  assert (Hcv : forall q, In q cuts -> 0 <= Qred (sign_of (f_class f) * fst q) * form m (snd q) (snd q)).
  { intros q Hq. specialize (Hc q Hq). apply andb_true_iff in Hc. destruct Hc as [A B]. apply Qle_bool_iff in B.
    rewrite Hcut. apply Qmult_le_0_compat; [assumption|]. apply (admits_cut _ m _ A Had). }
  assert (Hparts : value m ts == value m (flat_map (fun q => scale (fst q) (snd (snd q))) ws) + value m (map (cut_term (f_class f)) cuts)) by apply value_app.
  assert (V1 : 0 <= value m (flat_map (fun q => scale (fst q) (snd (snd q))) ws) /\
    (existsb (fun q : Q * (relation * list term) => match fst (snd q) with Positive => Qlt_bool 0 (fst q) | _ => false end) ws = true ->
     0 < value m (flat_map (fun q => scale (fst q) (snd (snd q))) ws))).
  { clear - Hwv. induction ws as [|q ws IH]; [simpl; split; [lra|discriminate]|].
    destruct IH as [A B]; [intros; apply Hwv; simpl; auto|]. destruct (Hwv q (or_introl eq_refl)) as [C D].
    cbn [flat_map existsb]. rewrite value_app, value_scale. split; [lra|]. intros E. apply orb_true_iff in E. destruct E as [E|E]; [|specialize (B E); lra].
    destruct (fst (snd q)); try discriminate. apply Qlt_bool_ok in E. specialize (D E). lra. }
  assert (V2 : 0 <= value m (map (cut_term (f_class f)) cuts) /\
    (existsb (fun q : Q * vector => is_strict (f_class f) && Qlt_bool 0 (fst q) && negb (same_b d (snd q) (fun _ => 0))) cuts = true ->
     0 < value m (map (cut_term (f_class f)) cuts))).
  { clear - Hcv Hcut Had. induction cuts as [|q cuts IH]; [simpl; split; [lra|discriminate]|].
    destruct IH as [A B]; [intros; apply Hcv; simpl; auto|]. pose proof (Hcv q (or_introl eq_refl)) as C.
    cbn [map existsb value fold_right fst snd cut_term]. fold (value m (map (cut_term (f_class f)) cuts)).
    split; [lra|]. intros E. apply orb_true_iff in E. destruct E as [E|E]; [|specialize (B E); lra].
    apply andb_true_iff in E. destruct E as [E F]. apply andb_true_iff in E. destruct E as [S P]. apply Qlt_bool_ok in P.
    apply negb_true_iff in F. rewrite <- not_true_iff_false in F. change d with (dim m) in F. rewrite same_b_ok in F.
    pose proof (admits_strict _ m _ S Had F) as K. pose proof (Qmult_lt_0_compat _ _ P K) as K'. rewrite <- Hcut in K'. lra. }
  apply orb_true_iff in Hend. destruct Hend as [E|E].
  - apply Qlt_bool_ok in E. lra.
  - apply andb_true_iff in E. destruct E as [E F]. apply Qeq_bool_iff in E. apply orb_true_iff in F. destruct F as [F|F].
    + destruct V1 as [_ V1]. specialize (V1 F). lra.
    + destruct V2 as [_ V2]. specialize (V2 F). lra.
Qed.
